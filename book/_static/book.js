/* Mends what the theme's templates get wrong: a button's name has to hold the words that it shows. */
(function () {
  "use strict";

  function shown(button) {
    return button.textContent.replace(/\s+/g, " ").trim();
  }

  for (const button of document.querySelectorAll("button[aria-label]")) {
    const words = shown(button);
    if (words && !button.getAttribute("aria-label").toLowerCase().includes(words.toLowerCase())) {
      button.removeAttribute("aria-label");
    }
  }
})();
