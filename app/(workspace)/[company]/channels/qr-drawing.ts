/** A QR code for an SVG: its side in modules and one path of all dark modules. */
export type Drawing = { size: number; path: string }

/** Runs of dark modules become one bar each, so that the path stays short. */
export function drawModules({ size, data }: { size: number; data: ArrayLike<number> }): Drawing {
  const bars: string[] = []
  for (let row = 0; row < size; row += 1) {
    let from: number | null = null
    for (let column = 0; column <= size; column += 1) {
      const isDark = column < size && Boolean(data[row * size + column])
      if (isDark) from ??= column
      else if (from !== null) {
        bars.push(`M${from} ${row}h${column - from}v1h${from - column}z`)
        from = null
      }
    }
  }
  return { size, path: bars.join('') }
}
