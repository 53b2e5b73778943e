(function () {
  "use strict";
  var charts = JSON.parse(document.getElementById("_charts").textContent);
  var phone = window.matchMedia("(max-width: 640px)");
  var drawn = {};

  // a chart takes its width from its place, so only the one that is shown can be drawn
  function draw() {
    var place = phone.matches ? "narrow" : "wide";
    if (drawn[place]) { return; }
    drawn[place] = true;
    vegaEmbed("#_" + place, charts[place], {
      mode: "vega-lite",
      renderer: "svg",
      actions: false,
      ast: true,
      defaultStyle: false,
      tooltip: { disableDefaultStyle: true }
    });
  }

  phone.addEventListener("change", draw);
  draw();
})();
