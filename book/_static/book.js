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
