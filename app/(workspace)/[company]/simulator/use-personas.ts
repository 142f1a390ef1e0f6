'use client'

import { useEffect, useState } from 'react'
import { inventPersona, MOST_PERSONAS, type Persona, readPersonas } from './personas'

const keyOf = (company: string) => `ikono.personas.${company}`

/** The personas of this device for one company; nobody on the server, which knows no device. */
export function usePersonas(company: string) {
  const [personas, setPersonas] = useState<Persona[]>([])
  const [chosenId, setChosenId] = useState<string | null>(null)

  useEffect(() => {
    const kept = readPersonas(localStorage.getItem(keyOf(company)))
    if (kept.length > 0) return setPersonas(kept)
    const invented: Persona[] = []
    for (let count = 0; count < 3; count += 1) invented.push(inventPersona(count, Math.random))
    keep(company, invented)
    setPersonas(invented)
  }, [company])

  const add = () => {
    const another = inventPersona(personas.length, Math.random)
    const more = [...personas, another]
    keep(company, more)
    setPersonas(more)
    setChosenId(another.id)
  }

  return {
    personas,
    persona: personas.find(({ id }) => id === chosenId) ?? personas[0] ?? null,
    choose: setChosenId,
    add: personas.length < MOST_PERSONAS ? add : null,
  }
}

function keep(company: string, personas: Persona[]) {
  localStorage.setItem(keyOf(company), JSON.stringify(personas))
}
