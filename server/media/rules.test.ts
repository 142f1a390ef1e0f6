import { expect, test } from 'vitest'
import { dispositionOf, kindOfUpload, rangeOf, safeFileName } from './rules'
import { sniffMediaType } from './sniff'

test('a range of a file is first to last, from the first on, or the last so many', () => {
  expect(rangeOf('bytes=0-9', 100)).toEqual({ start: 0, end: 9 })
  expect(rangeOf('bytes=90-', 100)).toEqual({ start: 90, end: 99 })
  expect(rangeOf('bytes=-5', 100)).toEqual({ start: 95, end: 99 })
  expect(rangeOf('bytes=50-1000', 100)).toEqual({ start: 50, end: 99 })
  expect(rangeOf('bytes=100-', 100)).toBe('unsatisfiable')
  expect(rangeOf('bytes=0-1,4-5', 100)).toBeNull()
  expect(rangeOf('lines=1-2', 100)).toBeNull()
})

test('what may hold a script is saved to disk, what is safe is shown in place', () => {
  expect(dispositionOf('text/html', 'Lista.html')).toMatch(/^attachment; filename="Lista.html"/)
  expect(dispositionOf('image/svg+xml', 'x.svg')).toMatch(/^attachment/)
  expect(dispositionOf('audio/ogg; codecs=opus', 'nota.ogg')).toMatch(/^inline/)
  expect(dispositionOf('application/pdf', 'año "1".pdf')).toBe(
    `inline; filename="ano 1.pdf"; filename*=UTF-8''${encodeURIComponent('año "1".pdf')}`,
  )
})

test('a name is never a path', () => {
  expect(safeFileName('../../etc/passwd', 'file')).toBe('passwd')
  expect(safeFileName('C:\\fotos\\gato.jpg', 'file')).toBe('gato.jpg')
  expect(safeFileName('\u202egpj.exe', 'file')).toBe('gpj.exe')
  expect(safeFileName('..', 'file')).toBe('file')
})

test('the bytes say what a file is, whatever its sender tells', async () => {
  const type = (text: string | Uint8Array, told = 'image/png') => sniffMediaType(Buffer.from(text), told)
  expect(await type('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')).not.toMatch(
    /^image\/png/,
  )
  expect(kindOfUpload(await type('<svg xmlns="http://www.w3.org/2000/svg"/>'), false)).toBe('document')
  expect(await type('hola <script>alert(1)</script>')).toBe('text/html')
  expect(await type('una lista')).toBe('text/plain')
  expect(
    await type(
      Buffer.from([
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
        0, 1, 8, 6, 0, 0, 0,
      ]),
      'text/html',
    ),
  ).not.toBe('text/html')
  expect(await type(new Uint8Array([0, 1, 2, 3]), 'text/html')).toBe('application/octet-stream')
})
