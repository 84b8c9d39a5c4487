// The search page, which can narrow and sort as well. What is asked for stands in its address, so that it can be shared.

import { element } from "./briefbook.js";
import { facet, searchForm, stored } from "./search.js";

const shown = 12;
const collator = new Intl.Collator("en", { numeric: true });

// A facet is fetched when a reader opens it, or comes with something of it chosen. Behind each value stands how many
// of the pages have it that the query and the other facets leave.
class Facet {
  constructor(part, changed) {
    this.part = part;
    this.name = part.dataset.facet;
    this.label = part.querySelector("summary").textContent;
    this.chosen = new Set();
    this.choices = new Map();
    this.changed = changed;
    this.all = false;
    this.list = element("ul");
    this.filter = element("input", { type: "search", "aria-label": `${this.label}: find in the list`, placeholder: "Find in the list", autocomplete: "off", hidden: "" });
    this.more = element("button", { type: "button", class: "bb-more", hidden: "" });
    part.append(this.filter, this.list, this.more);
    part.addEventListener("toggle", () => part.open && changed());
    this.filter.addEventListener("input", () => this.trim());
    this.more.addEventListener("click", () => {
      const first = this.list.querySelector("li[hidden]:not([data-none]) input");
      this.all = true;
      this.trim();
      first?.focus();
    });
  }

  choice(value) {
    if (!this.choices.has(value)) {
      const box = element("input", { type: "checkbox", value, autocomplete: "off" });
      const count = element("span", { class: "bb-kind" });
      const item = element("li", {}, element("label", {}, box, ` ${value} `, count));
      box.checked = this.chosen.has(value);
      box.addEventListener("change", () => {
        this.chosen[box.checked ? "add" : "delete"](value);
        this.changed(true);
      });
      this.choices.set(value, { item, box, count, number: 0 });
      this.list.append(item);
    }
    return this.choices.get(value);
  }

  choose(values) {
    this.chosen = new Set(values);
    for (const [value, { box }] of this.choices) box.checked = this.chosen.has(value);
    this.say();
  }

  // `pages` are those that everything else leaves.
  count(values, pages) {
    const numbers = new Map();
    for (const page of pages) for (const value of values.get(page) ?? []) numbers.set(value, (numbers.get(value) ?? 0) + 1);
    for (const value of [...numbers.keys(), ...this.chosen]) this.choice(value);
    for (const [value, choice] of this.choices) {
      choice.number = numbers.get(value) ?? 0;
      choice.count.textContent = choice.number;
    }
    // Not under the reader's hands.
    if (!this.list.contains(document.activeElement)) {
      const year = this.name === "year";
      const order = ([one, { number }], [other, { number: others }]) => (year ? collator.compare(other, one) : others - number || collator.compare(one, other));
      this.list.append(...[...this.choices].sort(order).map(([, { item }]) => item));
    }
    this.trim();
  }

  trim() {
    const words = this.filter.value.trim().toLowerCase();
    let left = this.all ? Infinity : shown;
    let others = 0;
    let possible = 0;
    const numbers = new Map([...this.choices].map(([value, choice]) => [choice.item, { value, ...choice }]));
    for (const item of this.list.children) {
      const { value, number } = numbers.get(item);
      const chosen = this.chosen.has(value);
      possible += number > 0;
      const fits = number > 0 && value.toLowerCase().includes(words);
      item.toggleAttribute("data-none", !fits);
      item.hidden = !chosen && !(fits && left > 0);
      if (fits && item.hidden) others += 1;
      if (fits) left -= 1;
    }
    this.filter.hidden = possible <= shown && !words;
    this.more.hidden = !others;
    this.more.textContent = `${others} more`;
  }

  say() {
    this.part.toggleAttribute("data-chosen", this.chosen.size > 0);
    this.part.querySelector("summary").textContent = this.label + (this.chosen.size ? `: ${[...this.chosen].join(", ")}` : "");
  }
}

function narrowing(panel, input) {
  const order = panel.querySelector("select");
  const clear = panel.querySelector("button[type=reset]");
  let run = () => {};
  const facets = [...panel.querySelectorAll("details")].map((part) => new Facet(part, (chosen) => {
    if (chosen) write();
    run({ wait: 0 });
  }));

  function read() {
    const query = new URLSearchParams(location.search);
    input.value = query.get("q") ?? "";
    for (const one of facets) one.choose(query.getAll(one.name));
    const wanted = query.get("sort") ?? "";
    order.value = [...order.options].some(({ value }) => value === wanted) ? wanted : "";
    clear.hidden = !wantedNow();
  }

  function write() {
    const pairs = facets.flatMap((one) => [...one.chosen].map((value) => [one.name, value]));
    const query = new URLSearchParams([["q", input.value.trim()], ...pairs, ["sort", order.value]].filter(([, value]) => value));
    history.replaceState(history.state, "", String(query) ? `?${query}` : location.pathname);
    for (const one of facets) one.say();
    clear.hidden = !wantedNow();
  }

  const wantedNow = () => facets.some(({ chosen }) => chosen.size > 0);

  order.addEventListener("change", () => {
    write();
    run({ wait: 0 });
  });
  clear.addEventListener("click", (event) => {
    event.preventDefault();
    for (const one of facets) one.choose([]);
    write();
    facets[0].part.querySelector("summary").focus();
    run({ wait: 0 });
  });
  input.addEventListener("input", write);

  // Which of the pages are left, for the results and for each open facet by what the others leave.
  async function to(found, query) {
    const active = facets.filter(({ part, chosen }) => part.open || chosen.size);
    const values = new Map(await Promise.all(active.map(async (one) => [one, await facet(one.name)])));
    const has = (id, one) => values.get(one).get(id)?.some((value) => one.chosen.has(value));
    const left = (ids, but) => active.filter((one) => one.chosen.size && one !== but).reduce((some, one) => some.filter((id) => has(id, one)), ids);
    for (const one of active) {
      const ids = query || wantedNow() ? found.map(({ id }) => id) : [...values.get(one).keys()];
      if (one.part.open) one.count(values.get(one), left(ids, one));
    }
    const ids = new Set(left(found.map(({ id }) => id)));
    const results = found.filter(({ id }) => ids.has(id));
    const sort = order.value || (query ? "" : "newest");
    if (!sort || !results.length) return results;
    const dates = await facet("date");
    const date = ({ id }) => dates.get(id)?.[0] ?? "";
    const turn = sort === "newest" ? -1 : 1;
    // Pages without a date come last either way.
    const later = (one, other) => Number(!date(one)) - Number(!date(other)) || turn * (date(one) > date(other) ? 1 : date(one) < date(other) ? -1 : 0);
    return results.sort(later);
  }

  const everything = async () => [...(await facet("date")).keys()].map((id) => ({ id, data: () => stored(id) }));

  return { read, to, everything, wanted: wantedNow, start: (again) => (run = again) };
}

const page = document.getElementById("bb-search-page");
const form = page.querySelector("form");
const narrow = narrowing(document.getElementById("bb-facets"), form.elements.q);
narrow.read();
page.hidden = false;
narrow.start(searchForm(page, form, { narrow }));
