/* Mends names that the theme's templates leave out or get wrong, so that everybody hears what others see. */
(function () {
  "use strict";

  function shown(element) {
    return element.textContent.replace(/\s+/g, " ").trim();
  }

  // A button's name has to hold the words that it shows; otherwise it cannot be spoken to.
  for (const button of document.querySelectorAll("button[aria-label]")) {
    const words = shown(button);
    if (words && !button.getAttribute("aria-label").toLowerCase().includes(words.toLowerCase())) {
      button.removeAttribute("aria-label");
    }
  }

  // The arrows that unfold a part of the list of pages have no words at all.
  for (const summary of document.querySelectorAll(".bd-sidebar-primary li > details > summary")) {
    const link = summary.closest("li").querySelector("a");
    summary.setAttribute("aria-label", "Pages under " + shown(link));
  }
})();

/* What a link carries in its title (a term's meaning, a figure's caution) is shown under it, on hover and on focus.
   A title alone cannot be reached from a keyboard. Escape puts it away, and the pointer may move onto it. */
(function () {
  "use strict";

  const LEAVE = 150; // milliseconds, so that the pointer can cross the gap
  let open = null;
  let leaving = 0;

  function hide() {
    clearTimeout(leaving);
    if (open) open.hidden = true;
    open = null;
  }

  function show(link, tip) {
    clearTimeout(leaving);
    if (open === tip) return;
    hide();
    open = tip;
    tip.hidden = false;
    tip.style.setProperty("--ek-shift", "0px");
    // A link may run over two lines: the tip belongs under the last of them, and inside the window.
    const under = tip.parentElement.getBoundingClientRect();
    const lines = link.getClientRects();
    const last = lines[lines.length - 1] || under;
    tip.style.top = last.bottom - under.top + "px";
    tip.style.left = last.left - under.left + "px";
    const box = tip.getBoundingClientRect();
    if (box.bottom > innerHeight && lines.length && lines[0].top > box.height) {
      tip.style.top = lines[0].top - under.top - box.height + "px";
    }
    const room = document.documentElement.clientWidth - 12;
    if (box.right > room) tip.style.setProperty("--ek-shift", Math.max(room - box.right, 12 - box.left) + "px");
  }

  function leave() {
    clearTimeout(leaving);
    leaving = setTimeout(hide, LEAVE);
  }

  let count = 0;
  for (const link of document.querySelectorAll(".bd-article a.reference.internal[title]")) {
    if (link.closest(".ek, summary, h1, h2, h3, h4")) continue;
    const holder = document.createElement("span");
    const tip = document.createElement("span");
    count += 1;
    holder.className = "ek-term";
    Object.assign(tip, { className: "ek-tip", id: "ek-tip-" + count, hidden: true, textContent: link.title });
    tip.setAttribute("role", "tooltip");
    link.setAttribute("aria-describedby", tip.id);
    link.removeAttribute("title");
    link.replaceWith(holder);
    holder.append(link, tip);
    link.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && show(link, tip));
    link.addEventListener("focus", () => link.matches(":focus-visible") && show(link, tip));
    link.addEventListener("blur", hide);
    holder.addEventListener("pointerleave", leave);
    tip.addEventListener("pointerenter", () => clearTimeout(leaving));
  }
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
})();

/* On paper nothing can be opened, so what is folded away is opened first, and put back afterwards. Answers to
   "find the fault" stay as the reader left them. */
(function () {
  "use strict";

  const HELD = ".bd-article details:not([open])";
  let opened = [];
  let theme = null;

  function worthOpening(part) {
    if (part.closest(".ek-find, .ek")) return false;
    return part.matches(".ek-fold") || part.querySelector("engagekit-exercise, ul, ol, dl, table") !== null;
  }

  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(HELD)].filter(worthOpening);
    for (const part of opened) part.open = true;
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = "light";
  });

  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
    if (theme) document.documentElement.dataset.theme = theme;
  });
})();
