// What a script adds to pages that work without it. It is small enough to read
// and is served as it stands.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("rq-scripted");

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  // What went wrong is read out first.
  each("[data-error-summary], [data-focus]", function (box) {
    box.focus();
  });
  each("[data-error-summary] a", function (link) {
    link.addEventListener("click", function (event) {
      var field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      (field.closest(".govuk-form-group") || field).scrollIntoView();
      field.focus({ preventScroll: true });
    });
  });

  // Further questions are shown for the chosen answer only.
  function reveal(input) {
    var id = input.getAttribute("data-reveals");
    var more = id && document.getElementById(id);
    if (!more) return;
    more.hidden = !input.checked;
  }
  each("[data-reveals]", reveal);
  document.addEventListener("change", function (event) {
    if (!event.target.matches("input[type=radio], input[type=checkbox]")) return;
    each("[data-reveals]", reveal);
    var all = event.target.closest("[data-check-all]");
    if (all) {
      each('input[type=checkbox][name="' + all.getAttribute("data-check-all") + '"]', function (box) {
        box.checked = all.checked;
      });
    }
  });

  // A form is sent once, however often the button is pressed. Coming back to
  // the page makes it ready again.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-sent")) return event.preventDefault();
    form.setAttribute("data-sent", "");
    window.setTimeout(function () { form.removeAttribute("data-sent"); }, 8000);
  });
  window.addEventListener("pageshow", function () {
    each("form[data-sent]", function (form) { form.removeAttribute("data-sent"); });
  });

  // Menus close where one would expect it.
  document.addEventListener("click", function (event) {
    each("details[data-menu][open]", function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    each("details[data-menu][open]", function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // On a narrow screen the queues start folded away.
  if (window.matchMedia("(max-width: 48em)").matches) {
    each("details[data-fold]", function (box) { box.open = false; });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print], [data-copy]");
    if (!button) return;
    if (button.hasAttribute("data-print")) return window.print();
    navigator.clipboard.writeText(button.getAttribute("data-copy")).then(function () {
      button.textContent = button.getAttribute("data-copied");
    });
  });

  // Letters left in a long answer.
  each("textarea[data-most]", function (area) {
    var say = document.getElementById(area.id + "-counter");
    if (!say) return;
    var words = say.textContent;
    function count() {
      say.textContent = words.replace(/\d+/, String(area.value.length));
    }
    area.addEventListener("input", count);
    count();
  });

  // A file too big is found before it is sent.
  each("input[type=file][data-most]", function (input) {
    input.addEventListener("change", function () {
      var most = Number(input.getAttribute("data-most"));
      var big = Array.prototype.some.call(input.files, function (file) { return file.size > most; });
      input.setCustomValidity(big ? input.getAttribute("data-too-big") : "");
      if (big) input.reportValidity();
    });
  });

  // Leaving with answers not saved is asked about.
  each("form[data-keep]", function (form) {
    var changed = false;
    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function () { changed = false; });
    window.addEventListener("beforeunload", function (event) {
      if (changed) event.preventDefault();
    });
  });
})();
