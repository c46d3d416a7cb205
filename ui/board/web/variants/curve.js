/** The line of one variant: through every axis, level where it crosses one. */

const fixed = (number) => Math.round(number * 10) / 10;

/** The path through points [x, y]. */
export function path(points) {
  const [first, ...rest] = points;
  if (!first) return "";
  let [x, y] = first;
  const parts = rest.map(([nx, ny]) => {
    const middle = fixed((x + nx) / 2);
    const part = `C${middle},${fixed(y)} ${middle},${fixed(ny)} ${fixed(nx)},${fixed(ny)}`;
    [x, y] = [nx, ny];
    return part;
  });
  return `M${fixed(first[0])},${fixed(first[1])}${parts.join("")}`;
}

/** The height of that line at `x`, undefined beside it. */
export function height(points, x) {
  const n = points.findIndex(([at], index) => index && at >= x);
  if (n < 1 || x < points[0][0]) return undefined;
  const [[x0, y0], [x1, y1]] = [points[n - 1], points[n]];
  const part = along((x - x0) / (x1 - x0));
  return y0 + (y1 - y0) * part * part * (3 - 2 * part);
}

/** Where on such a curve its x has come to this share: x(t) = 1.5 t (1 - t) + t³. */
function along(share) {
  let [low, high] = [0, 1];
  for (let n = 0; n < 12; n += 1) {
    const middle = (low + high) / 2;
    if (1.5 * middle * (1 - middle) + middle ** 3 < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The number of the line nearest to a point, where one is near. */
export function nearest(lines, x, y, reach) {
  let [found, least] = [null, reach];
  for (const { number, points } of lines) {
    const off = Math.abs((height(points, x) ?? Infinity) - y);
    if (off < least) [found, least] = [number, off];
  }
  return found;
}
