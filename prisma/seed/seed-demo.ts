import { seedOptica } from './optica'
import { seedPanaderia } from './panaderia'
import type { SeedOptions } from './seed-options'
import type { Company } from './story'

const OPTICA = 'Óptica Aurora'
const PANADERIA = 'Panadería La Espiga'

export type DemoOptions = Omit<SeedOptions, 'companyName'> & {
  /** Put behind both companies' names; '' for the demo itself. */
  nameSuffix: string
}

/**
 * Writes the two demo companies, as if they had been at work until `now`: the one with a month of chats, the other so
 * that the wall between them can be seen.
 * @throws DomainError CONFLICT `emailTaken` where the demo already is
 */
export async function seedDemo({
  nameSuffix,
  ...options
}: DemoOptions): Promise<{ optica: Company; panaderia: Company }> {
  const optica = await seedOptica({ ...options, companyName: `${OPTICA}${nameSuffix}` })
  const panaderia = await seedPanaderia({ ...options, companyName: `${PANADERIA}${nameSuffix}` })
  return { optica, panaderia }
}
