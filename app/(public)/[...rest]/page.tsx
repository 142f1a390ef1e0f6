import { notFound } from 'next/navigation'

/** Every address that no other page has. With two root layouts Next has no common place for it. */
export default function NothingHere(): never {
  notFound()
}
