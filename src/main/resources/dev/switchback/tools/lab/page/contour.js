/**
 * Where a grid of values crosses a level, by marching squares: pieces of a line [x1, y1, x2, y2]
 * in steps of the grid.
 */
export function contour(values, side, level = 0.5) {
  const pieces = [];
  for (let y = 0; y < side - 1; y++) {
    for (let x = 0; x < side - 1; x++) {
      const corners = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1]];
      const heights = corners.map(([cx, cy]) => values[cy * side + cx] - level);
      const crossings = [];
      for (let i = 0; i < 4; i++) {
        const [from, to] = [heights[i], heights[(i + 1) % 4]];
        if (from > 0 !== to > 0) {
          const part = from / (from - to);
          const [[ax, ay], [bx, by]] = [corners[i], corners[(i + 1) % 4]];
          crossings.push(ax + part * (bx - ax), ay + part * (by - ay));
        }
      }
      // Four crossings are a saddle: its two pieces join neighbouring edges.
      for (let i = 0; i + 3 < crossings.length; i += 4) {
        pieces.push(crossings.slice(i, i + 4));
      }
    }
  }
  return pieces;
}
