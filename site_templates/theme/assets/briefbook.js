// The search: a dialog from the header and the form on the search page, over Pagefind's index.
// Pages work without this script; the header's link then leads to the search page's lists.
// At the end, the little that a sheet's depths, the header's menu and the switch between light and dark need of a script.

// An address that a record had before: the part asked for goes along to the new one.
const moved = document.querySelector('meta[http-equiv="refresh"]');
if (moved && location.hash) location.replace(moved.content.slice(7) + location.hash);

const root = new URL("..", import.meta.url);

let loading;
function index() {
  loading ??= import(new URL("pagefind/pagefind.js", root)).then(async (pagefind) => {
    // A briefing is long because it holds the claims themselves: length must not count against it.
    await pagefind.options({ baseUrl: root.pathname, excerptLength: 24, ranking: { pageLength: 0.2 } });
    await pagefind.init();
    return pagefind;
  });
  return loading;
}

const step = 8;

// Pagefind escapes its excerpts and marks the words it found with <mark>.
function element(name, { html, text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (html !== undefined) made.innerHTML = html;
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

// How much of a query a part of a page matches: Pagefind lists parts in the page's order.
function weight(part) {
  return part.weighted_locations.reduce((sum, place) => sum + place.balanced_score, 0);
}

function resultItem(result) {
  const title = element("a", { href: result.url, text: result.meta.title });
  const kind = element("span", { class: "bb-kind", text: ` ${result.filters.kind ?? ""}` });
  const item = element("li", {}, title, kind, element("p", { html: result.excerpt }));
  // On a record's page the second level only sorts; what has an address worth naming is below.
  const own = (part) => part.anchor && (result.filters.kind?.includes("page") ? part.anchor.element !== "h1" : part.anchor.element > "h2");
  const inside = result.sub_results.filter(own);
  const parts = inside.sort((one, other) => weight(other) - weight(one));
  if (parts.length) {
    const links = parts.slice(0, 3).map((part) => element("li", {}, element("a", { href: part.url, text: part.title })));
    item.append(element("ul", {}, ...links));
  }
  return item;
}

function searchForm(host, { closable }) {
  const input = element("input", { type: "search", name: "q", autocomplete: "off", spellcheck: "false", "aria-label": "Search this site", placeholder: "Search claims, places, people, sources" });
  const status = element("p", { role: "status" });
  const results = element("ol");
  const form = element("form", { role: "search", action: new URL("search/", root).pathname }, input);
  if (closable) form.append(element("button", { type: "button", text: "Close", "data-close": "" }));
  host.append(form, status, results);

  const more = element("button", { type: "button", class: "bb-more", text: "Show more", hidden: "" });
  host.append(more);

  let latest = 0;
  let rest = [];
  async function showMore() {
    const turn = latest;
    const next = await Promise.all(rest.slice(0, step).map((result) => result.data()));
    if (turn !== latest) return;
    rest = rest.slice(step);
    more.hidden = !rest.length;
    results.append(...next.map(resultItem));
    return results.children[results.children.length - next.length];
  }
  more.addEventListener("click", async () => (await showMore())?.querySelector("a").focus());

  async function run() {
    const query = input.value.trim();
    const turn = ++latest;
    if (!query) {
      status.textContent = "";
      results.replaceChildren();
      more.hidden = true;
      return;
    }
    try {
      const pagefind = await index();
      const found = await pagefind.debouncedSearch(query, {}, 120);
      if (found === null || turn !== latest) return;
      const count = found.results.length;
      rest = found.results;
      results.replaceChildren();
      await showMore();
      if (turn !== latest) return;
      status.textContent = count ? `${count} page${count === 1 ? "" : "s"} found` : "Nothing found";
    } catch {
      loading = undefined;  // so that the next letter tries again
      status.textContent = "The search could not be loaded.";
    }
  }
  input.addEventListener("input", run);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  host.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && closable) {
      event.preventDefault();  // a search field would only empty itself
      host.close();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, ...results.querySelectorAll("a"), more].filter((stop) => !stop.hidden);
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (stops[next]) {
      event.preventDefault();
      stops[next].focus();
    }
  });
  return { input, run };
}

const page = document.getElementById("bb-search-page");
let pageForm;
if (page) {
  page.hidden = false;
  pageForm = searchForm(page, { closable: false });
  pageForm.input.value = new URLSearchParams(location.search).get("q") ?? "";
  pageForm.run();
}

let dialog;
function openSearch() {
  if (pageForm) {
    pageForm.input.focus();
    return;
  }
  if (!dialog) {
    dialog = element("dialog", { class: "bb-search md-typeset", "aria-label": "Search" });
    searchForm(dialog, { closable: true });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close], a")) dialog.close();
    });
    document.body.append(dialog);
  }
  dialog.showModal();
  dialog.querySelector("input").focus();
}

document.getElementById("bb-search-open")?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openSearch();
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    openSearch();
  }
});

// The style sheet shows a sheet at the depth that the address names. Here voices are told which it is, the evidence
// that a link leads to is opened, and the way back leads to where the reader was.
const depths = [...document.querySelectorAll(".bb-depths a")];
function arrive() {
  const hash = depths.some((link) => link.hash === location.hash) ? location.hash : "#full";
  for (const link of depths) link.setAttribute("aria-current", String(link.hash === hash));
  const target = document.getElementById(location.hash.slice(1));
  if (!target?.matches("h3.bb-claim")) return;
  let part = target.nextElementSibling;
  while (part && !part.matches("details, h2, h3")) part = part.nextElementSibling;
  if (part?.matches("details")) part.open = true;
}
if (depths.length) {
  arrive();
  addEventListener("hashchange", arrive);
  document.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')) history.replaceState({ y: scrollY }, "");
  });
  addEventListener("popstate", ({ state }) => {
    if (state?.y !== undefined) requestAnimationFrame(() => scrollTo(0, state.y));
  });
}

if (document.getElementById("bb-narrow")) import(new URL("timeline.js", import.meta.url));

// What is there to be copied gets a button, where the browser lets a page write to the clipboard.
const copied = element("p", { class: "bb-copied", role: "status" });
const blocks = navigator.clipboard ? [...document.querySelectorAll(".bb-copy")] : [];
if (blocks.length) document.body.append(copied);
for (const block of blocks) {
  const button = element("button", { type: "button", text: `Copy ${block.dataset.copy}` });
  button.addEventListener("click", async () => {
    copied.textContent = "";
    copied.textContent = await navigator.clipboard.writeText(block.textContent).then(() => "Copied", () => "Not copied: select the text instead");
  });
  block.after(button);
}
addEventListener("focusout", () => (copied.textContent = ""));

const menu = document.getElementById("bb-menu");
menu?.addEventListener("click", (event) => {
  if (event.target.closest("a")) menu.hidePopover?.();
});

const palette = document.querySelector('[data-md-component="palette"]');
palette?.addEventListener("click", (event) => {
  const chosen = event.target.closest("button")?.previousElementSibling;
  const options = [...palette.querySelectorAll("input")];
  const next = options[(options.indexOf(chosen) + 1) % options.length];
  if (!chosen) return;
  next.click();
  next.nextElementSibling.focus();
});
// The theme's script takes Enter for itself, which the buttons know what to do with.
palette?.addEventListener("keydown", (event) => event.stopPropagation(), true);
