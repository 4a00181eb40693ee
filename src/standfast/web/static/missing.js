// Words that a coder selects in a document: an act that the machine missed. The sentences have a page each without this.
"use strict";

(() => {
  const text = document.querySelector("[data-missing]");
  const bar = document.querySelector("[data-missing-bar]");
  if (!text || !bar) return;
  const link = bar.querySelector("[data-missing-link]");
  const words = bar.querySelector("[data-missing-words]");

  // Python counts characters, a browser UTF-16 units. Nothing is put into the text but elements.
  const size = (some) => Array.from(some).length;

  const tell = () => {
    const chosen = window.getSelection();
    const inside = chosen && !chosen.isCollapsed && text.contains(chosen.anchorNode) && text.contains(chosen.focusNode);
    const quote = inside ? chosen.toString().trim() : "";
    bar.hidden = !quote;
    if (!quote) return;
    const range = chosen.getRangeAt(0);
    const before = document.createRange();
    before.selectNodeContents(text);
    before.setEnd(range.startContainer, range.startOffset);
    const held = range.toString();
    const blank = held.length - held.trimStart().length;
    const start = size(before.toString()) + blank;
    link.href = `${text.dataset.missing}&at=${start}&start=${start}&end=${start + size(held.trim())}`;
    words.textContent = quote.length > 90 ? `${quote.slice(0, 90)} …` : quote;
  };

  document.addEventListener("selectionchange", tell);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "i" || bar.hidden || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    link.click();
  });
})();
