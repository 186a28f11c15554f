// Opens a diagram in bpmn-js where the page has room for one. The picture of the
// server stays until it has been read; without a script it stays for good.
(function () {
  "use strict";
  var room = document.querySelector("[data-bpmn]");
  if (!room || !window.BpmnJS) return;

  fetch(room.getAttribute("data-bpmn"))
    .then(function (answer) {
      if (!answer.ok) throw new Error("the diagram answers " + answer.status);
      return answer.text();
    })
    .then(function (xml) {
      var canvas = document.createElement("div");
      canvas.className = "rq-bpmn";
      room.parentNode.insertBefore(canvas, room);
      var viewer = new window.BpmnJS({
        container: canvas,
        textRenderer: {
          defaultStyle: { fontFamily: '"Noto Sans", Arial, sans-serif', fontSize: 12, lineHeight: 1.2 },
          externalStyle: { fontSize: 10.5, lineHeight: 1.2 }
        }
      });
      return viewer.importXML(xml).then(
        function (result) {
          room.hidden = true;
          viewer.get("canvas").zoom("fit-viewport", "auto");
          var names = { "[data-zoom-in]": 1.25, "[data-zoom-out]": 0.8 };
          Object.keys(names).forEach(function (selector) {
            document.querySelector(selector).addEventListener("click", function () {
              viewer.get("canvas").zoom(viewer.get("canvas").zoom() * names[selector]);
            });
          });
          document.querySelector("[data-zoom-fit]").addEventListener("click", function () {
            viewer.get("canvas").zoom("fit-viewport", "auto");
          });
          document.querySelector("[data-zoom]").hidden = false;
          document.documentElement.setAttribute("data-bpmn-warnings", String(result.warnings.length));
        },
        function (error) {
          canvas.remove();
          throw error;
        }
      );
    })
    .catch(function (error) {
      document.documentElement.setAttribute("data-bpmn-error", error.message);
    });
})();
