// The search itself, over Pagefind's index: loaded when a reader opens the dialog or comes to the search page.

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
export const facet = (name) => once(`facet ${name}`, async () => {
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
export async function stored(id) {
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
  let busy = false;

  function settle(isBusy) {
    busy = isBusy;
    results.setAttribute("aria-busy", busy);
  }

  // Results that are to be shown in place of all others.
  function put(list) {
    rest = list;
    settle(false);
    more.hidden = true;
  }

  // What comes next of them: fetched together, each given as soon as those before it are there.
  async function* next() {
    const list = rest;
    const parts = list.slice(0, step).map((result) => result.data());
    for (const part of parts) part.catch(() => {});  // told where it is waited for
    settle(true);
    try {
      for (const part of parts) {
        list.shift();  // one that cannot be had, too: it would stand in the way of all others
        const item = resultItem(await part);
        if (list !== rest) return;
        yield item;
      }
    } finally {
      if (list === rest) {
        settle(false);
        more.hidden = !rest.length;
      }
    }
  }

  more.addEventListener("click", async () => {
    if (busy) return;
    let first;
    try {
      for await (const item of next()) {
        results.append(item);
        if (!first) item.querySelector("a").focus();
        first ??= item;
      }
    } catch {
      status.textContent = "More could not be loaded.";
    }
  });

  async function run({ wait = 50 } = {}) {
    const turn = ++latest;
    const query = input.value.trim();
    const all = narrow?.wanted();
    const key = query || (all ? "" : undefined);
    put([]);
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
      const left = narrow ? await narrow.to(found, query) : found;
      if (turn !== latest) return;
      put([...left]);
      let shown = false;
      for await (const item of next()) {
        if (shown) results.append(item);
        else results.replaceChildren(item);  // what stood there stays until then
        shown = true;
      }
      if (turn !== latest) return;
      if (!shown) results.replaceChildren();
      const count = left.length;
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
