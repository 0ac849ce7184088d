// Keeps the guide on this device, so that it works without a connection. It answers only for the guide's own files and
// sends nothing: every file it asks for is named below.
"use strict";

const VERSION = "{{version}}";
const APP = ["{{app}}"];
const PAGES = ["{{pages}}"];
/** Where this guide lies. Another guide, or other pages, may lie on the same host and keep their own things there. */
const HOME = new URL("./", self.location);
// An address holds no bare space, so that no other guide's name begins like this one's, not even one in a folder of ours.
const OWN = `guide ${HOME.pathname} `;
const NAME = `${OWN}${VERSION}`;
/** What earlier versions called theirs: the same in every folder. */
const EARLIER = /^guide-[0-9a-f]{16}$/;
/** An empty page; it names its own icon, or the browser would ask the host for one. */
const AGAIN = '<!doctype html><link rel="icon" href="data:,">';
let busy = false;
let letGo = false;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => Promise.all(APP.map((file) => store(cache, file)))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()));
});

/** Take away what older versions of this guide kept, and nothing of others on this host. */
async function dropOlder() {
  for (const name of await caches.keys()) {
    if (name !== NAME && (name.startsWith(OWN) || (EARLIER.test(name) && (await holdsOurs(name))))) {
      await caches.delete(name);
    }
  }
}

/** Whether the page kept below this name is the one that lies here. @param {string} name */
async function holdsOurs(name) {
  const page = await (await caches.open(name)).match(new URL("index.html", HOME));
  return page !== undefined;
}

// The pages to read come after the app, and only when the app asks for them: a slow phone has the questions first.
self.addEventListener("message", (event) => {
  if (event.data === "keep pages") {
    event.waitUntil(caches.open(NAME).then((cache) => missing(cache).then((pages) => keep(cache, pages))));
  }
  if (event.data === "take over") {
    self.skipWaiting();
  }
});

async function missing(cache) {
  const have = await Promise.all(PAGES.map((page) => cache.match(page)));
  return PAGES.filter((_, place) => !have[place]);
}

async function keep(cache, pages) {
  busy = true;
  for (const page of pages) {
    await store(cache, page).catch(() => undefined);
  }
  busy = false;
  for (const client of await self.clients.matchAll()) {
    client.postMessage("pages kept");
  }
}

/** Ask whether the file is still the same: a host may let browsers hold old ones, and old and new must not be mixed. */
async function store(cache, file) {
  const answer = await fetch(file, { cache: "no-cache", credentials: "omit" });
  if (!answer.ok) {
    throw new Error(file);
  }
  await cache.put(file, answer.redirected ? await direct(answer) : answer);
}

/** Some hosts send index.html on to its folder, and no page may open with an answer that was sent on. */
async function direct(answer) {
  return new Response(await answer.blob(), { headers: answer.headers });
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method === "GET" && address.origin === self.location.origin) {
    event.respondWith(answerFor(event.request, address));
  }
});

async function answerFor(request, address) {
  if (request.mode === "navigate" && (await lettingGo())) {
    return new Response(AGAIN, { headers: { "Content-Type": "text/html", Refresh: "1" } });
  }
  const cache = await caches.open(NAME);
  for (const file of [address, fileOf(address)]) {
    const kept = await cache.match(file, { ignoreSearch: true, ignoreVary: true });
    if (kept) {
      return kept;
    }
  }
  return fetch(request);
}

/** The file behind an address that names a folder, or a page without its ending. */
function fileOf(address) {
  const { pathname } = address;
  const last = pathname.slice(pathname.lastIndexOf("/") + 1);
  const path = last === "" ? `${pathname}index.html` : last.includes(".") ? pathname : `${pathname}.html`;
  return new URL(path, address);
}

/**
 * A new guide is ready, and the page that is open is being loaded anew: let the new one answer. Otherwise a telephone
 * that never closes its pages would never see a help line that was corrected. It takes over once this one is idle, hence
 * the second before the page is asked for again. Nobody in need waits longer than that: it is tried once, and not while
 * this one still has work to do.
 */
async function lettingGo() {
  const { waiting } = self.registration;
  if (!waiting || busy || letGo || (await self.clients.matchAll({ type: "window" })).length > 1) {
    return false;
  }
  letGo = true;
  waiting.postMessage("take over");
  return true;
}
