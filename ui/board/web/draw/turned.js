/** The tower from top to bottom: mirrored, with all that is read kept upright. */

/** A drawn tower upside down: the data brick at the top, everything else the same. */
export function turned({ markup, width, height, axis, places, seams }) {
  return {
    markup: `<g transform="matrix(1,0,0,-1,0,${height})">${upright(markup)}</g>`,
    width, height, axis,
    places: places.map((place) => flipped(place, height)),
    seams: seams.map((seam) => ({ ...seam, y: height - seam.y })),
  };
}

// Every text is written around its own 0,0, so it is turned where it stands.
const upright = (markup) => markup.replace(/<text /g, '<text transform="scale(1,-1)" ')
  .replace(/ class="by-upright"/g, ' class="by-upright" transform="scale(1,-1)"');

function flipped({ y, box, outline, at, lock, ...place }, height) {
  return { ...place, ...(lock ? { lock: [lock[0], -lock[1]] } : {}), y: height - y, at: [at[0], height - at[1]],
    box: { ...box, y: height - box.y - box.height },
    outline: outline.replace(/,(-?[\d.]+)/g, (_, py) => `,${-py}`) };
}
