// The timeline narrowed to a place, actor or strand, and grouped by them. Loaded by pages that have a timeline:
// without this script its list is whole. What is chosen stands in the address, so that it can be shared.

const panel = document.getElementById("bb-narrow");
const list = document.getElementById("bb-events");
const status = document.getElementById("bb-shown");
const [clear] = panel.getElementsByTagName("button");
const choices = [...panel.querySelectorAll("select")];
const filters = choices.filter((choice) => choice.name !== "group");
const items = [...list.querySelectorAll("li[data-place]")];
const chooser = (name) => choices.find((choice) => choice.name === name);
const keys = (item, name) => item.dataset[name].split(" ");

const grouped = document.createElement("div");
grouped.id = "bb-events-grouped";
list.after(grouped);

function read() {
  const query = new URLSearchParams(location.search);
  for (const choice of choices) {
    const value = query.get(choice.name) ?? "";
    const known = [...choice.options].some((option) => option.value === value);
    // Somebody may have shared what is on another page only, or no longer here: then nothing is found.
    if (!known && choice.name !== "group") choice.add(new Option(value, value));
    choice.value = known || choice.name !== "group" ? value : "";
  }
}

function write() {
  const query = new URLSearchParams(choices.filter((choice) => choice.value).map((choice) => [choice.name, choice.value]));
  history.pushState(null, "", (String(query) ? `?${query}` : location.pathname) + location.hash);
}

function hideEmptyParts() {
  let month = false;
  let year = false;
  for (const part of [...list.children].reverse()) {
    if (part.tagName === "OL") {
      part.hidden = !part.querySelector("li:not([hidden])");
      month ||= !part.hidden;
    } else {
      year ||= month;
      part.hidden = !(part.tagName === "H2" ? year : month);
      month = false;
      if (part.tagName === "H2") year = false;
    }
  }
}

function group(name, shown) {
  grouped.replaceChildren();
  for (const { value, text } of [...chooser(name).options].filter((option) => option.value).concat(new Option("None named", ""))) {
    const found = shown.filter((item) => keys(item, name).includes(value));
    if (!found.length) continue;
    const heading = document.createElement("h2");
    const events = document.createElement("ol");
    heading.textContent = text;
    events.append(...found.map((item) => item.cloneNode(true)));
    grouped.append(heading, events);
  }
}

function show() {
  const wanted = filters.filter((choice) => choice.value);
  const shown = items.filter((item) => wanted.every(({ name, value }) => keys(item, name).includes(value)));
  const kept = new Set(shown);
  for (const item of items) item.hidden = !kept.has(item);
  hideEmptyParts();
  const { value: by } = chooser("group");
  list.hidden = Boolean(by);
  if (by) group(by, shown);
  else grouped.replaceChildren();

  for (const link of document.querySelectorAll(".md-nav--secondary a")) {
    link.parentElement.hidden = document.getElementById(link.hash.slice(1))?.closest("[hidden]") !== null;
  }
  for (const contents of document.querySelectorAll(".md-nav--secondary")) contents.hidden = Boolean(by);
  const drawn = new Map(items.map((item) => [item.querySelector("a").href, kept.has(item)]));
  for (const mark of document.querySelectorAll(".bb-strip a")) {
    mark.classList.toggle("bb-off", drawn.get(new URL(mark.href.baseVal, location).href) === false);
  }
  for (const link of document.querySelectorAll(".bb-pager a")) link.search = location.search;

  const names = wanted.map((choice) => choice.selectedOptions[0].text);
  status.textContent = `${shown.length} of ${items.length} ${panel.dataset.where}${names.length ? `: ${names.join(", ")}` : ""}`;
}

function choose() {
  write();
  show();
}

panel.addEventListener("change", choose);
clear.addEventListener("click", () => {
  for (const choice of choices) choice.value = "";
  choose();
});
addEventListener("popstate", () => {
  read();
  show();
});
read();
show();
panel.hidden = false;
