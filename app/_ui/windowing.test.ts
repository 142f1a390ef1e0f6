import { expect, test } from 'vitest'
import { offsetsOf, rowsInView, scrollToShow } from './windowing'

const ten = offsetsOf(Array(10).fill(66), 4)

test('rows begin one after the other, below the padding', () => {
  expect(offsetsOf([66, 38, 66], 4)).toEqual([4, 70, 108, 174])
  expect(offsetsOf([], 4)).toEqual([4])
})

test.each([
  ['at the top', 0, 132, 0, { first: 0, last: 1 }],
  ['a row cut by the upper edge is drawn', 60, 132, 0, { first: 0, last: 2 }],
  ['a row that ends at the upper edge is not', 70, 66, 0, { first: 1, last: 2 }],
  ['some more on either side', 264, 132, 2, { first: 1, last: 7 }],
  ['never beyond the last', 5_000, 132, 2, { first: 8, last: 9 }],
  ['never before the first', -100, 132, 3, { first: 0, last: 3 }],
])('%s', (_, top, height, overscan, rows) => {
  expect(rowsInView(ten, top, height, overscan)).toEqual(rows)
})

test('a list without rows draws none', () => {
  const { first, last } = rowsInView(offsetsOf([], 4), 0, 800, 6)
  expect(last).toBeLessThan(first)
})

test.each([
  ['a row in view stays where it is', 1, 4, null],
  ['one below comes up to the lower edge', 5, 0, 400 - 132],
  ['one above comes down to the upper edge', 2, 300, 136],
  ['the first brings its padding along', 0, 300, 0],
  ['a row that is gone moves nothing', 99, 0, null],
])('%s', (_, index, top, target) => {
  expect(scrollToShow(ten, index, top, 132)).toBe(target)
})
