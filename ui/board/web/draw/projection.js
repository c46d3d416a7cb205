/**
 * Where a point of the brick world lands on the paper.
 *
 * The world: x runs along the right face, z along the left face (both away from
 * the reader, in studs, 0 in the middle of a brick), y upwards in pixels.
 * The paper: pixels, y downwards, as SVG has it.
 */

/** Pixels of one stud before it is turned. */
export const STUD = 42;

/** How one stud along x and along z looks on the paper (flatter than 2:1). */
export const TURN = { along: 0.9, up: 0.25 };

const AX = STUD * TURN.along;
const AY = STUD * TURN.up;

const short = (number) => Math.round(number * 100) / 100;

/** The paper point [x, y] of a world point. */
export function point(x, y, z) {
  return [short((x - z) * AX), short(-(x + z) * AY - y)];
}

/** Paper points as SVG's "x,y x,y" list. */
export const list = (points) => points.map((p) => `${p[0]},${p[1]}`).join(" ");

/** A filled polygon of paper points in a named paint. */
export function polygon(points, paint) {
  return `<polygon class="${paint}" points="${list(points)}"/>`;
}

/** True where a polygon's paper points run clockwise: it faces the reader. */
export function faces(points) {
  let area = 0;
  points.forEach(([x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length];
    area += x * ny - nx * y;
  });
  return area > 0;
}

/** A group drawn on the left face's plane: u right, v down, 0,0 at (x, y, z). */
export function onLeft([x, y, z], inner) {
  const [px, py] = point(x, y, z);
  return `<g transform="matrix(${TURN.along},${TURN.up},0,1,${px},${py})">${inner}</g>`;
}

/** A group drawn on the right face's plane: u right, v down, 0,0 at (x, y, z). */
export function onRight([x, y, z], inner) {
  const [px, py] = point(x, y, z);
  return `<g transform="matrix(${TURN.along},${-TURN.up},0,1,${px},${py})">${inner}</g>`;
}

/** Half axes [rx, ry] of a lying circle with a radius in studs. */
export function lying(radius) {
  return [short(radius * AX * Math.SQRT2), short(radius * AY * Math.SQRT2)];
}

/** The bounds {x, y, width, height} around paper points. */
export function bounds(points) {
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const size = [Math.max(...xs) - x, Math.max(...ys) - y];
  return { x, y, width: short(size[0]), height: short(size[1]) };
}

/** The bounds around two bounds. */
export function around(a, b) {
  return bounds([
    [a.x, a.y], [a.x + a.width, a.y + a.height],
    [b.x, b.y], [b.x + b.width, b.y + b.height],
  ]);
}

/** Bounds moved by (dx, dy). */
export function moved(box, dx, dy) {
  return { ...box, x: short(box.x + dx), y: short(box.y + dy) };
}
