/**
 * Whether a request is larger than a door takes, or does not say how large it is. Asked before a byte of it is read:
 * the server in front holds senders to the length that they tell.
 * @param most bytes
 */
export function isTooLarge(headers: Headers, most: number): boolean {
  const length = Number(headers.get('content-length') ?? Number.NaN)
  return !(length <= most)
}
