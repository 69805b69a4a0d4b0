"use strict";
(function () {
  var form = document.getElementById("filter");
  if (!form) return;
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };
  var boxes = all("input[type=checkbox]", form), rule = form.querySelector("select");
  var name = form.querySelector("input[type=search]"), output = form.querySelector("output");
  var rows = all("nav tbody tr");
  var letters = all("article").map(function (article, i) {
    return {
      article: article, row: rows[i], name: article.querySelector("h2").textContent.toLowerCase(),
      cards: all(".card[data-n]", article), parts: all("mark, .sheet .n", article)
    };
  });
  var ids = {};
  letters.forEach(function (letter) { letter.cards.forEach(function (card) { ids[card.dataset.r] = true; }); });
  Object.keys(ids).sort().forEach(function (id) {
    var option = document.createElement("option");
    option.value = option.textContent = id;
    rule.appendChild(option);
  });
  function show() {
    var on = {}, total = 0, shown = 0, words = name.value.trim().toLowerCase();
    boxes.forEach(function (box) { on[box.value] = box.checked; });
    var everything = !rule.value && boxes.every(function (box) { return box.checked; });
    letters.forEach(function (letter) {
      var named = letter.name.indexOf(words) >= 0, here = {}, count = 0;
      letter.cards.forEach(function (card) {
        var wanted = named && on[card.dataset.s] && (!rule.value || rule.value === card.dataset.r);
        card.classList.toggle("off", !wanted);
        here[card.dataset.n] = wanted;
        total += 1;
        count += wanted ? 1 : 0;
      });
      letter.parts.forEach(function (part) {
        part.classList.toggle("off", !part.dataset.f.split(" ").some(function (n) { return here[n]; }));
      });
      // a letter of which only the form is told has no card to filter
      var gone = !named || (!everything && count === 0);
      letter.article.classList.toggle("off", gone);
      if (letter.row) letter.row.classList.toggle("off", gone);
      shown += count;
    });
    output.textContent = shown === total ? total + (total === 1 ? " finding" : " findings") : shown + " of " + total + " findings";
  }
  function point() {
    all("mark.hit").forEach(function (mark) { mark.classList.remove("hit"); });
    var at = /^#[mc](\d+)-(\d+)/.exec(location.hash);
    var article = at && document.getElementById("l" + at[1]);
    if (!article) return;
    all("mark", article).forEach(function (mark) {
      if (mark.dataset.f.split(" ").indexOf(at[2]) >= 0) mark.classList.add("hit");
    });
  }
  var current = -1;
  function step(by) {
    var cards = all(".card[data-n]").filter(function (card) { return card.offsetParent; });
    if (!cards.length) return;
    current = (current + by + cards.length) % cards.length;
    if (by < 0 && current < 0) current = cards.length - 1;
    cards[current].querySelector("h3 a").click();
    cards[current].focus({ preventScroll: true });
  }
  document.addEventListener("keydown", function (event) {
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  });
  document.addEventListener("click", function (event) {
    var mark = event.target.closest && event.target.closest("mark");
    if (!mark || mark.classList.contains("off") || String(getSelection())) return;
    var article = mark.closest("article");
    location.hash = "#c" + article.id.slice(1) + "-" + mark.dataset.f.split(" ")[0];
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", show);
  window.addEventListener("hashchange", point);
  form.hidden = false;
  show();
  point();
})();
