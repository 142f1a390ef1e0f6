import type { Locator, Page } from '@playwright/test'
import decodeQR from 'qr/decode.js'

/** Longer than the 16 ms of a live camera: a picture is taken once, and the machine may be busy. */
const DECODE_MS = 2_000

/** White around the picture: a camera sees the paper that the code lies on. Pixels. */
const MARGIN = 24

/**
 * Reads a QR code as a phone does: from its picture, knowing nothing of what drew it.
 * @throws when there is no code to be read (yet).
 */
export async function readDrawnCode(page: Page, drawing: Locator): Promise<string> {
  const picture = await drawing.screenshot({ type: 'png', animations: 'disabled' })
  const { width, height, pixels } = await pixelsOf(page, picture)
  const data = new Uint8Array(Buffer.from(pixels, 'base64'))
  return decodeQR({ width, height, data }, { timeLimit: DECODE_MS })
}

/** The browser unpacks the picture, in a blank page: the product's own policy forbids foreign images. */
async function pixelsOf(page: Page, picture: Buffer) {
  const desk = await page.context().newPage()
  try {
    return await desk.evaluate(
      async ({ png, margin }) => {
        const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const width = bitmap.width + 2 * margin
        const height = bitmap.height + 2 * margin
        const canvas = new OffscreenCanvas(width, height)
        const brush = canvas.getContext('2d')
        if (!brush) throw new Error('no canvas')
        brush.fillStyle = 'white'
        brush.fillRect(0, 0, width, height)
        brush.drawImage(bitmap, margin, margin)
        const { data } = brush.getImageData(0, 0, width, height)
        let text = ''
        for (let at = 0; at < data.length; at += 8_192)
          text += String.fromCharCode(...data.subarray(at, at + 8_192))
        return { width, height, pixels: btoa(text) }
      },
      { png: picture.toString('base64'), margin: MARGIN },
    )
  } finally {
    await desk.close()
  }
}
