// Signing with NCALayer. It reads the papers from this site, has the program on
// the signer's own computer sign them, puts the signatures into the form and sends
// it. Without it the signatures come as files.
(function () {
  "use strict";

  function base64(buffer) {
    var text = "";
    var bytes = new Uint8Array(buffer);
    for (var i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]);
    return window.btoa(text);
  }

  // The program answers with PEM or with bare base64; both fit a field of the form.
  function plain(signature) {
    return String(signature).replace(/-----(BEGIN|END) [A-Z0-9 ]+-----/g, "").replace(/\s+/g, "");
  }

  function read(item) {
    if (item.text !== undefined) return Promise.resolve(window.btoa(item.text));
    return fetch(item.href, { credentials: "same-origin" }).then(function (reply) {
      if (!reply.ok) throw new Error("RUQSAT_PAPER");
      return reply.arrayBuffer();
    }).then(base64);
  }

  // What went wrong, by the name of what the page says of it.
  function kind(error, connected) {
    var text = String(error && error.message);
    if (error && error.canceledByUser) return "cancelled";
    if (text.indexOf("MODULE_NOT_FOUND") >= 0) return "old";
    if (text.indexOf("RUQSAT_NOTHING") >= 0) return "nothing";
    if (text.indexOf("RUQSAT_PAPER") >= 0) return "paper";
    if (text.indexOf("RUQSAT_COUNT") >= 0) return "other";
    if (!connected) return "away";
    if (text.indexOf("NCALayer закрыл") >= 0) return "ended";
    return "other";
  }

  function Box(box) {
    if (box.hasAttribute("data-eds-ready")) return; // the script may stand on a page twice
    box.setAttribute("data-eds-ready", "");
    var form = box.closest("form");
    var button = box.querySelector("[data-eds-sign]");
    var all = JSON.parse(box.getAttribute("data-eds-documents"));

    function say(name) {
      Array.prototype.forEach.call(box.querySelectorAll("[data-eds-message]"), function (message) {
        message.hidden = message.getAttribute("data-eds-message") !== name;
        if (!message.hidden && name !== "busy") message.focus();
      });
    }

    // In a run over several cases only what is ticked is signed.
    function chosen() {
      return all.filter(function (item) {
        var tick = item.tick && document.getElementById(item.tick);
        return !item.tick || tick && tick.checked;
      });
    }

    function client() {
      var c = new window.NCALayerClient(box.getAttribute("data-eds"), false);
      // It looks for another program over HTTP, which we do not use: let it find
      // nothing but a file of ours.
      c.kmdHttpApiUrl = box.getAttribute("data-eds-probe");
      return c;
    }

    function signer() {
      var params = { extKeyUsageOids: JSON.parse(box.getAttribute("data-eds-usages")) };
      if (box.getAttribute("data-eds-iin")) params.iin = box.getAttribute("data-eds-iin");
      if (box.getAttribute("data-eds-bin")) params.bin = box.getAttribute("data-eds-bin");
      if (box.hasAttribute("data-eds-training")) params.chain = [];
      return params;
    }

    // In the place of the file that could be chosen.
    function put(name, value) {
      Array.prototype.forEach.call(form.querySelectorAll('[name="' + name + '"]'), function (other) { other.disabled = true; });
      var field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.appendChild(field);
    }

    function send(items, signatures) {
      var list = Array.isArray(signatures) ? signatures : [signatures];
      if (list.length !== items.length) throw new Error("RUQSAT_COUNT");
      Array.prototype.forEach.call(form.querySelectorAll('[name="signer"]'), function (key) { key.disabled = true; });
      items.forEach(function (item, i) { put(item.field, plain(list[i])); });
      form.requestSubmit();
    }

    button.addEventListener("click", function () {
      var items = chosen();
      var connected = false;
      var program = client();
      button.disabled = true;
      say("busy");
      Promise.resolve().then(function () {
        if (!items.length) throw new Error("RUQSAT_NOTHING");
        return Promise.all(items.map(read));
      }).then(function (data) {
        return program.connect().then(function () {
          connected = true;
          return program.basicsSignCMS(null, data,
            { decode: true, encapsulate: false, digested: false, tsaProfile: {} },
            signer(), document.documentElement.lang);
        });
      }).then(function (signatures) {
        send(items, signatures);
      }).catch(function (error) {
        say(kind(error, connected));
      }).then(function () {
        button.disabled = false;
        if (program.wsConnection) program.wsConnection.close();
      });
    });
    box.hidden = false;
  }

  if (window.NCALayerClient) {
    Array.prototype.forEach.call(document.querySelectorAll("[data-eds]"), Box);
  }
})();
