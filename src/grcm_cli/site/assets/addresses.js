// Addresses: the other language of what is being read, a link to a mandate to copy, and the way to
// a mandate that is on another part of its page. A page reads whole without it.
"use strict";

(() => {
  // --- language -------------------------------------------------------------------------------

  // Whoever changes the language goes on at the same mandate, with the same words in the search.
  function startLanguage(link) {
    const page = link.href;
    const keepPlace = () => {
      const address = new URL(page);
      address.search = location.search;
      address.hash = location.hash;
      link.href = address.href;
    };
    keepPlace();
    // A script may change the address without an event, so it is read before each use too.
    for (const event of ["pointerdown", "pointerenter", "focus", "click"]) link.addEventListener(event, keepPlace);
    for (const event of ["hashchange", "popstate", "pageshow"]) addEventListener(event, keepPlace);
  }

  // --- a link to copy -------------------------------------------------------------------------

  function addressOf(button) {
    const canonical = document.querySelector("link[rel=canonical]");
    return new URL(button.dataset.copy, canonical ? canonical.href : location.href).href;
  }

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text); // not on a host without https
      return true;
    } catch {
      return copiedByHand(text);
    }
  }

  function copiedByHand(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "unseen";
    document.body.append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    field.remove();
    return done;
  }

  // What the browser does not copy, a reader can: the address is shown, and marked.
  function showAddress(button, address, label) {
    const field = document.createElement("input");
    field.className = "address";
    field.readOnly = true;
    field.value = address;
    field.setAttribute("aria-label", label);
    button.after(field);
    button.hidden = true;
    field.select();
  }

  function startCopy(button) {
    button.hidden = false;
    const status = document.getElementById("_copied");
    let clearing = 0;
    button.addEventListener("click", async () => {
      const address = addressOf(button);
      const done = await copied(address);
      if (done) button.focus();
      else showAddress(button, address, status.dataset.name.replace("{name}", () => button.dataset.name));
      const { done: said, failed } = status.dataset;
      status.textContent = done ? said.replace("{address}", () => address) : failed;
      clearTimeout(clearing);
      clearing = setTimeout(() => { status.textContent = ""; }, 8000);
    });
  }

  // --- parts of a long page -------------------------------------------------------------------

  // An address stays right when what it names has moved to another part of its page: the first
  // part has a link to everything on the others.
  function goOn() {
    const name = decoded(location.hash.slice(1));
    if (!name) return;
    const place = document.getElementById(name);
    const first = document.querySelector("[data-first]");
    if (place && place.closest("[data-elsewhere]")) location.replace(withHash(place.closest("a").href));
    else if (place) place.querySelectorAll("details.history").forEach((one) => { one.open = true; });
    else if (first) location.replace(withHash(first.dataset.first));
  }

  function withHash(page) {
    const address = new URL(page, location.href);
    address.hash = location.hash;
    return address.href;
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-language]").forEach(startLanguage);
    document.querySelectorAll(".copy[data-copy]").forEach(startCopy);
    goOn();
  });
  addEventListener("hashchange", goOn);
})();
