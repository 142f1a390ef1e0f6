import { Prisma } from '@/prisma/generated/client'
import type { TenantTx } from '@/server/kernel/database'
import { DomainError } from '@/server/kernel/errors'
import { newId } from '@/server/kernel/ids'

/** The directory of people. Only the system role may read or write it. */
type Directory = Pick<TenantTx, 'user'>

/** What a person chose for themselves. */
export type NewAccount = { email: string; name: string; passwordHash: string; locale: string }

export function findAccount(db: Directory, email: string): Promise<{ id: string } | null> {
  return db.user.findUnique({ where: { email }, select: { id: true } })
}

/**
 * @returns the person's id.
 * @throws DomainError CONFLICT `emailTaken`, also when two sign up at the same moment
 */
export async function createAccount(
  db: Directory,
  { email, name, passwordHash, locale }: NewAccount,
): Promise<string> {
  const id = newId()
  try {
    await db.user.create({ data: { id, email, name, passwordHash, locale } })
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw new DomainError('CONFLICT', 'emailTaken', { field: 'email', cause: error })
    }
    throw error
  }
  return id
}

/** Language and colours follow the person to every company. */
export async function setProfile(
  db: Directory,
  userId: string,
  { locale, theme }: { locale?: string | undefined; theme?: string | undefined },
): Promise<{ locale: string; theme: string }> {
  return db.user.update({
    where: { id: userId },
    data: { ...(locale === undefined ? {} : { locale }), ...(theme === undefined ? {} : { theme }) },
    select: { locale: true, theme: true },
  })
}
