// Shows the characters that the address names (`#char=1332,1385`, RFC 5147), also those that no fact stands on.
const wanted = () => /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));

function show() {
  for (const old of document.querySelectorAll(".found")) old.classList.remove("found");
  const place = wanted();
  if (!place) return;
  if (document.getElementById(location.hash.slice(1))?.textContent) return; // the style sheet shows it
  const [start, end] = [Number(place[1]), Number(place[2])];
  const sentences = [...document.querySelectorAll("[data-start]")].filter(
    (part) => Number(part.dataset.start) < end && Number(part.dataset.end) > start,
  );
  for (const part of sentences) part.classList.add("found");
  sentences[0]?.scrollIntoView({ block: "center" });
}

addEventListener("hashchange", show);
show();
