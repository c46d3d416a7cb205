/** Heat as colour: a grey picture painted from dark to light, by the eye's own measure. */

/** As Matplotlib's magma: dark where nothing speaks for the answer, light where most does. */
const STOPS = [[0, 0, 4], [40, 17, 89], [114, 31, 129], [183, 55, 121], [241, 96, 93], [254, 176, 120], [252, 253, 191]];

/** The colour [red, green, blue] of a share from 0 to 1. */
export function colour(share) {
  const place = Math.max(0, Math.min(1, share)) * (STOPS.length - 1);
  const from = Math.min(STOPS.length - 2, Math.floor(place));
  return STOPS[from].map((one, n) => Math.round(one + (STOPS[from + 1][n] - one) * (place - from)));
}

/** The whole scale, for CSS. */
export const SCALE = `linear-gradient(to right, ${STOPS.map((stop) => `rgb(${stop.join(" ")})`).join(", ")})`;

/** Paint a sprite of one grey picture on a canvas, in colours. */
export async function paint(canvas, sprite) {
  const picture = new Image();
  picture.src = sprite.src;
  await picture.decode();
  const [width, height] = [sprite.width, sprite.height];
  const page = new OffscreenCanvas(width, height).getContext("2d");
  page.drawImage(picture, 0, 0);
  const points = page.getImageData(0, 0, width, height);
  for (let at = 0; at < points.data.length; at += 4) {
    [points.data[at], points.data[at + 1], points.data[at + 2]] = colour(points.data[at] / 255);
    points.data[at + 3] = 255;
  }
  Object.assign(canvas, { width, height });
  canvas.getContext("2d").putImageData(points, 0, 0);
}
