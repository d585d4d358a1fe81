// Moves and enlarges the map, and hides flights: all without anything from outside.
"use strict";
(() => {
  const map = document.querySelector("svg.sheet");
  const whole = map.viewBox.baseVal;
  const full = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  const fixed = [...map.querySelectorAll("g.fixed")].map((group) => [group, group.getAttribute("transform")]);
  const most = 60;
  let view = { ...full };

  function show() {
    view.width = Math.min(full.width, Math.max(full.width / most, view.width));
    view.height = view.width * full.height / full.width;
    view.x = Math.min(full.width - view.width, Math.max(0, view.x));
    view.y = Math.min(full.height - view.height, Math.max(0, view.y));
    map.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    const scale = view.width / full.width;
    for (const [group, place] of fixed) group.setAttribute("transform", `${place} scale(${scale})`);
    for (const part of document.querySelectorAll(".scale, .scale + text")) {
      part.style.visibility = scale < 1 ? "hidden" : "";
    }
  }

  function under(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    return { x: at.x, y: at.y };
  }

  function zoom(factor, at) {
    const width = Math.min(full.width, Math.max(full.width / most, view.width * factor));
    const real = width / view.width;
    view = { x: at.x - (at.x - view.x) * real, y: at.y - (at.y - view.y) * real, width };
    show();
  }

  const middle = () => ({ x: view.x + view.width / 2, y: view.y + view.height / 2 });
  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 0.8 : 1.25, under(event));
  }, { passive: false });
  let held = null;
  map.addEventListener("pointerdown", (event) => {
    held = under(event);
    map.setPointerCapture(event.pointerId);
  });
  map.addEventListener("pointermove", (event) => {
    if (!held) return;
    const now = under(event);
    view.x += held.x - now.x;
    view.y += held.y - now.y;
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) map.addEventListener(end, () => { held = null; });
  document.getElementById("closer").addEventListener("click", () => zoom(0.6, middle()));
  document.getElementById("farther").addEventListener("click", () => zoom(1 / 0.6, middle()));
  document.getElementById("all").addEventListener("click", () => { view = { ...full }; show(); });

  const flights = new Map();
  for (const group of map.querySelectorAll("g.flight")) flights.set(group.dataset.flight, group);
  for (const box of document.querySelectorAll("input[data-flight]")) {
    box.addEventListener("change", () => {
      flights.get(box.dataset.flight).style.display = box.checked ? "" : "none";
    });
    const section = box.closest("section");
    section.addEventListener("mouseenter", () => map.classList.add("dimmed"));
    section.addEventListener("mouseleave", () => map.classList.remove("dimmed"));
    section.addEventListener("mouseenter", () => flights.get(box.dataset.flight).classList.add("chosen"));
    section.addEventListener("mouseleave", () => flights.get(box.dataset.flight).classList.remove("chosen"));
  }
})();
