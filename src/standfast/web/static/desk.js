// What a keyboard can do everywhere; every page reads without this file.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing || event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("quick")?.focus();
  }
});

// The slider of days on a commitment's page: a screen reader hears the day, not its number.
document.addEventListener("input", (event) => {
  const days = event.target.dataset.days?.split(" ");
  if (days) event.target.setAttribute("aria-valuetext", days[event.target.value]);
});

// Files dropped on a form's field are chosen there, and told by name.
for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input[type=file]");
  const tell = () => {
    place.querySelector(".drop-told").textContent = [...input.files].map((one) => one.name).join(", ");
  };
  place.querySelector(".drop-hint").hidden = false;
  input.addEventListener("change", tell);
  for (const kind of ["dragenter", "dragover"]) {
    place.addEventListener(kind, (event) => { event.preventDefault(); place.classList.add("over"); });
  }
  place.addEventListener("dragleave", () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("over");
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; tell(); }
  });
}
