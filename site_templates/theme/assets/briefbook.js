// The dialog for the search, from the header; what it finds comes from search.js. Then the little that a sheet's depths,
// the header's menu and the switch between light and dark need of a script. Pages work without: the header's link leads to
// the search page, which has lists of everything.

// An address that a record had before: the part asked for goes along to the new one.
const moved = document.querySelector('meta[http-equiv="refresh"]');
if (moved && location.hash) location.replace(moved.content.slice(7) + location.hash);

export function element(name, { html, text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (html !== undefined) made.innerHTML = html;
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

// Those who never search do not load what searching takes.
const loadSearch = () => import(new URL("search.js", import.meta.url));
const pageForm = document.querySelector("#bb-search-page form");
if (pageForm) {
  loadSearch();
  import(new URL("search_page.js", import.meta.url));
}

let dialog;
function openSearch() {
  if (pageForm) {
    pageForm.elements.q.focus();
    return;
  }
  if (!dialog) {
    const input = element("input", { type: "search", name: "q", autocomplete: "off", spellcheck: "false", "aria-label": "Search this site", placeholder: "Search claims, places, people, sources" });
    const open = document.getElementById("bb-search-open");
    const form = element("form", { role: "search", action: open.href }, input, element("button", { type: "button", text: "Close", "data-close": "" }));
    const whole = element("a", { class: "bb-whole", href: open.href, text: "Narrow and sort" });
    dialog = element("dialog", { class: "bb-search md-typeset", "aria-label": "Search" }, form, whole);
    dialog.addEventListener("click", (event) => {
      if (event.target === whole) whole.search = new URLSearchParams({ q: input.value });
      if (event.target === dialog || event.target.closest("[data-close], a")) dialog.close();
    });
    document.body.append(dialog);
    // What is typed before it is there is not lost.
    loadSearch().then(({ searchForm }) => {
      searchForm(dialog, form, { close: () => dialog.close() });
      dialog.append(whole);
    });
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
