import { redirect } from 'next/navigation'

type PageProps = { params: Promise<{ company: string }> }

/** The bare address of a company opens its inbox. */
export default async function CompanyPage({ params }: PageProps) {
  const { company } = await params
  redirect(`/${company}/inbox`)
}
