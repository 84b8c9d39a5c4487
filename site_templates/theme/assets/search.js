// The search itself, over Pagefind's index: loaded when a reader opens the dialog or comes to the search page, which
// can narrow and sort as well. What is asked for stands in that page's address, so that it can be shared.

import { element } from "./briefbook.js";

const root = new URL("..", import.meta.url);
const folder = new URL("pagefind/", root);
const step = 6;

// --- two indexes as one -------------------------------------------------------------------------------
//
// A small second index has what changed since the first was made. What the first still says of those pages is passed
// over; names of what the second says of them end with `_d`.

// What is fetched once and kept; what failed is tried again.
const kept = new Map();
function once(name, get) {
  if (!kept.has(name)) kept.set(name, get());
  kept.get(name).catch(() => kept.delete(name));
  return kept.get(name);
}

const json = (path, options) => once(path, () => get(path, options).then((answer) => answer.json()));
const state = () => json("briefbook.json", { cache: "no-cache" });
const engine = () => once("engine", load);

async function get(path, options) {
  const answer = await fetch(new URL(path, folder), options);
  if (!answer.ok) throw new Error(path);
  return answer;
}

async function load() {
  const [pagefind, { delta }] = await Promise.all([import(new URL("pagefind.js", folder)), state()]);
  // A briefing is long because it holds the claims themselves: length must not count against it.
  const options = { baseUrl: root.pathname, excerptLength: 24, ranking: { pageLength: 0.2, metaWeights: { title: 2, names: 4 } } };
  await pagefind.options(options);
  await pagefind.init();
  if (delta) await pagefind.mergeIndex(new URL("delta/", folder).pathname, options);
  return pagefind;
}

async function matches(query) {
  const { search } = await engine();
  const { stale, words } = await state();
  const { results } = await search(query);
  const asked = query.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").split(/[\s\p{P}]+/u);
  // Pagefind leaves out words that an index has not: of one that only the second has, the first knows nothing. Words are
  // kept without their endings.
  const is = (word, stem) => word === stem || (stem.length > 2 && word.startsWith(stem) && word.length < stem.length + 4);
  const second = asked.some((word) => words.some((stem) => is(word, stem)));
  return settled(second ? results.filter(({ id }) => id in stale || id.endsWith("_d")) : results, stale);
}

// A page's new words stand where its old ones stood: scores of a small index mean something else. Where only the new
// words match, other pages say how much more a score of the first index is; without them what is new comes first.
function settled(results, stale) {
  const before = new Map(results.filter(({ id }) => id in stale).map(({ id, score }) => [stale[id], score]));
  const both = results.filter(({ id, score }) => score && before.has(id));
  const more = both.length ? both.reduce((sum, { id, score }) => sum + before.get(id) / score, 0) / both.length : 1e6;
  const score = (result) => before.get(result.id) ?? (result.id.endsWith("_d") ? result.score * more : result.score);
  const valid = results.filter(({ id }) => !(id in stale)).map((result) => [score(result), result]);
  return valid.sort(([one], [other]) => other - one).map(([, result]) => result);
}

// By page, all of them: its values of a facet.
const facet = (name) => once(`facet ${name}`, async () => {
  const { base, delta, stale } = await state();
  const found = new Map();
  for (const [files, place] of [[base, "facets/"], [delta, "delta/facets/"]]) {
    if (!files) continue;
    const part = files.facets[name];
    const [pages, { values, of }] = await Promise.all([json(place + files.pages), part ? json(place + part) : { values: [], of: [] }]);
    pages.forEach((page, number) => page in stale || found.set(page, [of[number] ?? []].flat().map((value) => values[value])));
  }
  return found;
});

// What is stored of a page, for those who ask for no words: Pagefind itself would then fetch the whole index.
async function stored(id) {
  const data = await (await get(`${id.endsWith("_d") ? "delta/" : ""}fragment/${id}.pf_fragment`)).blob();
  const packed = new Uint8Array(await data.slice(0, 1).arrayBuffer())[0] === 0x1f;  // some hosts unpack it
  const text = await new Response(packed ? data.stream().pipeThrough(new DecompressionStream("gzip")) : data).text();
  const page = JSON.parse(text.slice(text.indexOf("{")));
  return { ...page, url: root.pathname + page.url.slice(1), sub_results: [], start: page.content.split(" ").slice(0, 24).join(" ") };
}

// --- results ------------------------------------------------------------------------------------------

// How much of a query a part of a page matches: Pagefind lists parts in the page's order.
function weight(part) {
  return part.weighted_locations.reduce((sum, place) => sum + place.balanced_score, 0);
}

// Pagefind escapes its excerpts and marks the words it found with <mark>.
function resultItem(result) {
  const title = element("a", { href: result.url, text: result.meta.title });
  const kind = element("span", { class: "bb-kind", text: ` ${result.filters.kind ?? ""}` });
  const item = element("li", {}, title, kind, element("p", result.start ? { text: `${result.start} …` } : { html: result.excerpt }));
  // On a record's page the second level only sorts; what has an address worth naming is below.
  const own = (part) => part.anchor && (result.filters.kind?.includes("page") ? part.anchor.element !== "h1" : part.anchor.element > "h2");
  const parts = result.sub_results.filter(own).sort((one, other) => weight(other) - weight(one));
  if (parts.length) {
    const links = parts.slice(0, 3).map((part) => element("li", {}, element("a", { href: part.url, text: part.title })));
    item.append(element("ul", {}, ...links));
  }
  return item;
}

// A form and its results. `narrow` takes what was found and gives what is left of it, in its order.
export function searchForm(host, form, { close, narrow } = {}) {
  const input = form.elements.q;
  const status = element("p", { role: "status" });
  const results = element("ol");
  const more = element("button", { type: "button", class: "bb-more", text: "Show more", hidden: "" });
  host.append(status, results, more);

  let latest = 0;
  let asked;
  let found = [];
  let rest = [];
  // What comes next: fetched together, each given as soon as those before it are there.
  async function* next() {
    const turn = latest;
    const parts = rest.slice(0, step).map((result) => result.data());
    for (const part of parts) part.catch(() => {});  // told where it is waited for
    more.hidden = true;
    results.setAttribute("aria-busy", "true");
    try {
      for (const part of parts) {
        const item = resultItem(await part);
        if (turn !== latest) return;
        yield item;
      }
      rest = rest.slice(step);
    } finally {
      if (turn === latest) {
        more.hidden = !rest.length;
        results.removeAttribute("aria-busy");
      }
    }
  }
  more.addEventListener("click", async () => {
    let first;
    for await (const item of next()) {
      results.append(item);
      if (!first) item.querySelector("a").focus();
      first ??= item;
    }
  });

  async function run({ wait = 50 } = {}) {
    const turn = ++latest;
    const query = input.value.trim();
    const all = narrow?.wanted();
    const key = query || (all ? "" : undefined);
    try {
      if (query && wait) {
        engine().then(({ preload }) => preload(query), () => {});
        await new Promise((done) => setTimeout(done, wait));
      }
      if (turn !== latest) return;
      if (key !== asked) {
        const answer = key === undefined ? [] : query ? await matches(query) : await narrow.everything();
        if (turn !== latest) return;
        found = answer;
        asked = key;
      }
      rest = narrow ? await narrow.to(found, query) : found;
      if (turn !== latest) return;
      const count = rest.length;
      let shown = false;
      for await (const item of next()) {
        if (shown) results.append(item);
        else results.replaceChildren(item);  // what stood there stays until then
        shown = true;
      }
      if (turn !== latest) return;
      if (!shown) results.replaceChildren();
      status.textContent = count ? `${count} page${count === 1 ? "" : "s"} found` : key === undefined ? "" : "Nothing found";
    } catch {
      asked = undefined;
      if (turn === latest) status.textContent = "The search could not be loaded.";
    }
  }
  // Whoever is in the field is about to ask.
  const warm = () => engine().catch(() => {});
  if (document.activeElement === input) warm();
  else input.addEventListener("focus", warm, { once: true });
  input.addEventListener("input", run);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run({ wait: 0 });
  });
  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && close) {
      event.preventDefault();  // a search field would only empty itself
      close();
      return;
    }
    const here = document.activeElement;
    if ((event.key !== "ArrowDown" && event.key !== "ArrowUp") || !(here === input || here === more || results.contains(here))) return;
    const stops = [input, ...results.querySelectorAll("a"), more].filter((stop) => !stop.hidden);
    const next = stops[stops.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
  run({ wait: 0 });
  return run;
}

// --- narrowing, on the search page --------------------------------------------------------------------

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
if (page) {
  const form = page.querySelector("form");
  const narrow = narrowing(document.getElementById("bb-facets"), form.elements.q);
  narrow.read();
  page.hidden = false;
  const run = searchForm(page, form, { narrow });
  narrow.start(run);
}
