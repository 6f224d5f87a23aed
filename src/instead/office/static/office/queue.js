// The queue by keys. Everything here is a button or a link that works without this script; the keys only press them.
// They never act while somebody types or with Ctrl, Alt, Shift or Command, and can be turned off.
(function () {
  "use strict";
  const queue = document.querySelector("[data-queue]");
  if (!queue) return;
  const OFF = "queue-keys-off";
  const cases = Array.from(queue.children);
  const button = document.querySelector("[data-keys-switch]");
  let current = -1;
  let sent = false;

  function remembered() {
    try { return localStorage.getItem(OFF) === "1"; } catch (error) { return false; }
  }
  function remember(off) {
    try { localStorage.setItem(OFF, off ? "1" : "0"); } catch (error) { /* then for this page only */ }
  }
  let off = remembered();
  function show() {
    document.documentElement.classList.add("has-keys");
    document.documentElement.classList.toggle("keys-on", !off);
    button.textContent = off ? button.dataset.on : button.dataset.off;
  }
  button.addEventListener("click", function () {
    off = !off;
    remember(off);
    show();
  });
  show();
  if (window.matchMedia("(max-width: 40em)").matches) document.querySelector("[data-keys]").open = false;

  function mark(index, take) {
    if (index < 0 || index >= cases.length) return;
    cases.forEach(function (one, place) {
      one.classList.toggle("queue__current", place === index);
      if (place === index) one.setAttribute("aria-current", "true"); else one.removeAttribute("aria-current");
    });
    current = index;
    if (take) {
      cases[index].focus({ preventScroll: true });
      cases[index].scrollIntoView({ block: "nearest" });
    }
  }
  function fromAddress() {
    return cases.findIndex(function (one) { return "#" + one.id === location.hash; });
  }
  const named = fromAddress();
  mark(named >= 0 ? named : 0, named >= 0);
  window.addEventListener("hashchange", function () { mark(fromAddress(), true); });
  queue.addEventListener("focusin", function (event) {
    mark(cases.findIndex(function (one) { return one.contains(event.target); }), false);
  });
  document.addEventListener("submit", function () { sent = true; });
  window.addEventListener("pageshow", function () { sent = false; });

  function types(target) {
    return target instanceof Element && target.closest(
      "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select, [contenteditable]"
    ) !== null;
  }
  const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };
  document.addEventListener("keydown", function (event) {
    if (off || sent || event.defaultPrevented || event.isComposing || types(event.target)) return;
    if (event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return;
    if (event.key in STEPS) {
      event.preventDefault();
      mark(Math.min(Math.max(current + STEPS[event.key], 0), cases.length - 1), true);
      return;
    }
    if (event.repeat || current < 0 || !/^[a-z1-9]$/.test(event.key)) return;
    const pressed = cases[current].querySelector('[data-key="' + event.key + '"]');
    if (!pressed) return;
    event.preventDefault();
    if (pressed.tagName === "INPUT") pressed.focus(); else pressed.click();
  });
})();
