// What the review of a draft does beyond links: step through the points in the document and on the
// cards at once, and show which words and which card belong together.
"use strict";

(() => {
  const points = [...document.querySelectorAll(".doubts .badge")]
    .sort((one, other) => Number(one.parentNode.id.slice(1)) - Number(other.parentNode.id.slice(1)));
  const links = [...document.querySelectorAll(".points a")];
  const beside = matchMedia("(min-width: 48rem)");
  let current = -1;

  function wordsOf(point) {
    return point.dataset.words ? document.getElementById(point.dataset.words) : null;
  }

  function show(number) {
    if (points[current]) mark(current, false);
    current = number;
    const point = points[current];
    mark(current, true);
    if (beside.matches && wordsOf(point)) wordsOf(point).scrollIntoView({ block: "center" });
    point.focus({ preventScroll: true });
    point.scrollIntoView({ block: "center" });
  }

  function mark(number, isCurrent) {
    links[number].ariaCurrent = isCurrent ? "true" : null;
    points[number].parentNode.classList.toggle("current", isCurrent);
    wordsOf(points[number])?.classList.toggle("current", isCurrent);
  }

  function step(by) {
    if (points.length) show((current + by + points.length + (current < 0 && by < 0 ? 1 : 0)) % points.length);
  }

  const keys = document.getElementById("keys");
  const steps = { n: 1, j: 1, p: -1, k: -1 };
  document.addEventListener("keydown", (event) => {
    const plain = !(event.ctrlKey || event.altKey || event.metaKey);
    if (keys?.checked && plain && steps[event.key]) step(steps[event.key]);
  });
  document.querySelectorAll("[data-step]").forEach((button) => {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
    button.closest("[hidden]")?.removeAttribute("hidden");
  });
  links.forEach((link, number) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(number);
    });
  });

  // --- what is checked ------------------------------------------------------------------------

  // Ticks stay in this browser, for this page; where it keeps nothing they count all the same.
  const output = document.getElementById("_done");
  const cards = [...document.querySelectorAll(".card")];
  const name = `grcm review ${document.title}`;
  const checked = new Set(kept());

  function kept() {
    try {
      return JSON.parse(localStorage.getItem(name)) || [];
    } catch {
      return [];
    }
  }

  function count() {
    const { text } = output.dataset;
    output.textContent = text.replace("{done}", checked.size).replace("{all}", cards.length);
    try {
      localStorage.setItem(name, JSON.stringify([...checked]));
    } catch {
      // a browser that keeps nothing
    }
  }

  function startTick(card, number) {
    const key = `${number} ${card.querySelector("h3, h4").textContent}`;
    const label = document.createElement("label");
    const box = document.createElement("input");
    const set = () => {
      checked[box.checked ? "add" : "delete"](key);
      card.classList.toggle("checked", box.checked);
      count();
    };
    box.type = "checkbox";
    box.checked = checked.has(key);
    label.append(box, ` ${output.dataset.label}`);
    card.append(label);
    box.addEventListener("change", set);
    card.classList.toggle("checked", box.checked);
  }

  // The keys of a mandate in the order of a meeting file, with what was put right.
  function startCorrections(details) {
    const pre = details.querySelector("pre");
    const lines = new Map(pre.textContent.trim().split("\n").map((line) => [line.slice(2).split(":")[0], line.slice(2)]));
    const fields = [...details.querySelectorAll("[data-key]")];
    const write = () => {
      for (const { dataset, value } of fields) lines.set(dataset.key, value.trim() && `${dataset.key}: ${value.trim()}`);
      const keys = ["action", "kind", "responsible", "lead", "support", "due"];
      pre.textContent = `- ${keys.map((key) => lines.get(key)).filter(Boolean).join("\n  ")}\n`;
    };
    fields.forEach((field) => field.addEventListener("input", write));
    details.querySelector(".corrections").hidden = false;
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = output.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(pre.textContent);
      button.textContent = output.dataset.copied;
      setTimeout(() => (button.textContent = output.dataset.copy), 2000);
    });
    pre.after(button);
  }

  cards.forEach(startTick);
  for (const key of checked) if (!cards.some((card, number) => key === `${number} ${card.querySelector("h3, h4").textContent}`)) checked.delete(key);
  count();
  document.querySelectorAll(".written").forEach(startCorrections);

  // --- words and their cards ------------------------------------------------------------------

  const MOST = 20;
  let lit = [];

  function light(event) {
    const own = event.target.closest?.("[data-mandates]");
    lit.forEach((one) => one.classList.remove("lit"));
    const mandates = own ? own.dataset.mandates.split(" ").slice(0, MOST) : [];
    lit = mandates.flatMap((one) => [...document.querySelectorAll(`[data-mandates~="${one}"]`)]);
    lit.forEach((one) => one.classList.add("lit"));
  }

  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
})();
