import { notFound } from 'next/navigation'

/** Every address inside a company that no room has. */
export default function NothingHere(): never {
  notFound()
}
