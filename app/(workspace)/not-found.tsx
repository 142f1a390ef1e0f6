import { NothingHere } from '@/app/_parts/nothing-here'

/** A company that does not exist, or that the reader is no part of: the same page for both. */
export default function NotFound() {
  return <NothingHere />
}
