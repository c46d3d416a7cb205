/** Ink as it is sent: black and white, eight points in a byte, as NIST's digits were. */

export const SIDE = 256; // points of a drawing's side

/**
 * The bits of a picture, row by row, the highest first: 1 where there is ink.
 * @param {Uint8ClampedArray} rgba a canvas' points, transparent where there is no ink
 * @returns {Uint8Array}
 */
export function packed(rgba) {
  const bits = new Uint8Array(rgba.length / 32);
  for (let point = 0, at = 3; at < rgba.length; point += 1, at += 4) {
    if (rgba[at] > 127) bits[point >> 3] |= 128 >> (point & 7);
  }
  return bits;
}

/**
 * Draw a stroke, or what of it is new, on a square of `side` points. Each piece is drawn
 * for itself, so that a drawing has the same points as it grows and when it is drawn anew.
 * @param {CanvasRenderingContext2D} pen
 * @param {{width: number, points: number[][]}} stroke in parts of the side
 */
export function draw(pen, side, stroke, from = 0) {
  const { points, width } = stroke;
  pen.lineWidth = width * side;
  pen.lineCap = pen.lineJoin = "round";
  for (let n = from; n < points.length; n += 1) {
    const [x, y] = points[Math.max(0, n - 1)];
    const [right, down] = points[n];
    pen.beginPath();
    pen.moveTo(x * side, y * side);
    pen.lineTo(right * side + (n ? 0 : 0.01), down * side); // a dot has no length
    pen.stroke();
  }
}
