import { create } from 'qrcode'
import { expect, it } from 'vitest'
import { drawModules } from './qr-drawing'

it('neighbouring dark modules are one bar', () => {
  expect(drawModules({ size: 3, data: [1, 1, 0, 0, 0, 0, 1, 0, 1] }).path).toBe(
    'M0 0h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z',
  )
})

it('every dark module of a code is drawn', () => {
  const { modules } = create('2@long,text,of,a,pairing,code', { errorCorrectionLevel: 'L' })
  const { path, size } = drawModules(modules)
  const drawn = [...path.matchAll(/h(\d+)v/g)].reduce((sum, [, run]) => sum + Number(run), 0)
  expect(size).toBe(modules.size)
  expect(drawn).toBe(modules.data.reduce((sum, dark) => sum + dark, 0))
})
