'use client'

import { useEffect, useState } from 'react'
import styles from './connect-dialog.module.css'
import { type Drawing, drawModules } from './qr-drawing'

/** Light modules around the code that scanners need (ISO/IEC 18004: four). */
const QUIET = 4

/** The code as one SVG path, always dark on white: a phone's camera reads nothing else as well. */
export function QrCode({ code, label }: { code: string; label: string }) {
  const [drawing, setDrawing] = useState<Drawing | null>(null)

  useEffect(() => {
    let isLatest = true
    // The library loads with the first code to show, not with the page.
    void import('qrcode').then(({ create }) => {
      if (isLatest) setDrawing(drawModules(create(code, { errorCorrectionLevel: 'L' }).modules))
    })
    return () => {
      isLatest = false
    }
  }, [code])

  if (!drawing) return <span className={styles.qrEmpty} />
  const side = drawing.size + 2 * QUIET
  return (
    <svg
      className={styles.qr}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={drawing.path} fill="#211f1b" />
    </svg>
  )
}
