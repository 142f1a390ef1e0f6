import styles from './skeleton-row.module.css'

type SkeletonRowsProps = { count?: number /** Read aloud once for the whole block. */; label: string }

/** The shape of list rows while they load. It shows after 200 ms, so a quick answer never flashes. */
export function SkeletonRows({ count = 8, label }: SkeletonRowsProps) {
  return (
    <div className={styles.rows} role="status" aria-label={label}>
      {WIDTHS.slice(0, count).map(([upper, lower]) => (
        <div key={upper} className={styles.row} aria-hidden="true">
          <i className={styles.face} />
          <span className={styles.lines}>
            <i style={{ width: `${upper}%` }} />
            <i style={{ width: `${lower}%` }} />
          </span>
        </div>
      ))}
    </div>
  )
}

// Uneven, like names and messages are.
const WIDTHS: [number, number][] = [
  [44, 75],
  [56, 61],
  [36, 79],
  [50, 67],
  [42, 57],
  [53, 72],
  [39, 64],
  [47, 55],
  [58, 70],
  [41, 62],
]
