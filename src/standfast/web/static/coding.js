// Coding by keys: one key a decision, and the quote redrawn in the text. All of it has a form as well.
"use strict";

(() => {
  const page = document.querySelector("[data-coding]");
  if (!page) return;
  const text = page.querySelector("[data-text]");
  const hint = page.querySelector("[data-hint]");
  const told = page.querySelector("[data-told]");
  const form = page.querySelector("[data-redraw]");
  const first = Number(text.dataset.first);
  let words = null; // spans of the text once a quote was drawn in it
  let drawing = false;
  let from = 0;
  let to = 0;

  const open = (id) => {
    const part = document.getElementById(id);
    if (!part) return null;
    part.open = true;
    const field = part.querySelector("input:not([type=hidden]), select, textarea");
    (field ?? part.querySelector("summary"))?.focus();
    return part;
  };

  // Python counts characters, a browser UTF-16 units: an emoji before a quote would move it.
  const size = (some) => Array.from(some).length;

  // The form of a missing act is filled in while words are chosen; that of a redrawn quote is sent at once.
  const keep = form?.querySelector("button[value=redraw]");

  const begin = () => {
    drawing = true;
    hint.hidden = false;
    if (!keep) form.closest("details").open = true;
    if (words) {
      text.focus();
      return;
    }
    const whole = text.textContent;
    const quoted = text.querySelector("[data-quoted]");
    let before = 0;
    for (let node = text.firstChild; node && node !== quoted; node = node.nextSibling) before += node.textContent.length;
    const after = before + quoted.textContent.length;
    text.replaceChildren();
    words = [];
    for (const part of whole.matchAll(/\S+|\s+/g)) {
      if (/^\s/.test(part[0])) {
        text.append(part[0]);
        continue;
      }
      const span = document.createElement("span");
      span.textContent = part[0];
      span.dataset.at = String(words.length);
      text.append(span);
      words.push({ span, low: part.index, high: part.index + part[0].length });
    }
    from = words.findIndex((one) => one.high > before);
    to = words.findLastIndex((one) => one.low < after);
    text.focus();
    show();
  };

  const show = () => {
    words.forEach((one, at) => one.span.classList.toggle("in-quote", at >= from && at <= to));
    const whole = text.textContent;
    const quote = whole.slice(words[from].low, words[to].high);
    const start = first + size(whole.slice(0, words[from].low));
    form.querySelector("[data-quote]").value = quote;
    form.querySelector("[data-start]").value = String(start);
    form.querySelector("[data-end]").value = String(start + size(quote));
    told.textContent = `The quote is: ${quote}`;
  };

  const leave = () => {
    drawing = false;
    hint.hidden = true;
    if (keep) window.location.reload();
  };

  const finish = () => {
    if (keep) {
      form.requestSubmit(keep);
      return;
    }
    leave();
    form.querySelector("select").focus();
  };

  const redrawing = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && event.shiftKey) from = Math.min(Math.max(from + step, 0), to);
    else if (step) to = Math.max(Math.min(to + step, words.length - 1), from);
    else if (event.key === "Enter") finish();
    else if (event.key === "Escape") leave();
    else return false;
    if (step) show();
    event.preventDefault();
    return true;
  };

  text.addEventListener("mouseup", () => {
    const chosen = window.getSelection();
    if (!chosen || chosen.isCollapsed || !text.contains(chosen.anchorNode) || !text.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0);
    const upTo = document.createRange();
    upTo.selectNodeContents(text);
    upTo.setEnd(range.startContainer, range.startOffset);
    const low = upTo.toString().length;
    const high = low + range.toString().length;
    if (!form) return;
    begin();
    from = words.findIndex((one) => one.high > low);
    to = words.findLastIndex((one) => one.low < high);
    if (from < 0 || to < from) return;
    chosen.removeAllRanges();
    show();
  });

  document.addEventListener("keydown", (event) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "Escape" && event.target.closest("input, textarea, select")) {
      event.target.blur();
      return;
    }
    if (event.target.closest("input, textarea, select")) return;
    if (drawing && redrawing(event)) return;
    if (event.target.closest("button, a, summary") && (event.key === "Enter" || event.key === " ")) return;
    if (event.key === "?") open("keys");
    else if (event.key === "m" && open("mend")) event.preventDefault();
    else if (event.key === "q" && form) begin();
    else {
      const button = page.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    }
  });

  for (const link of page.querySelectorAll("a[data-key=m], a[data-key=q]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (link.dataset.key === "q") begin();
      else open("mend");
    });
  }
  const fault = document.getElementById("faults");
  if (fault) fault.focus();
})();
