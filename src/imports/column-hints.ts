/**
 * Parts of words that columns bear in other languages, or in a company's own words: enough to suggest, not to take.
 * Compared with the letters and digits of the name alone, without accents.
 */
export const columnHints: Record<string, RegExp> = {
  external_id: /^(id|ref|nr|num|no$|kennung)|id$|nummer|nr$|numero|codigo|reference/,
  name: /name|nazev|nazwa|tit[eou]l|titolo|thema|bezeichn|betreff|intitule|nombre|nome|onderwerp|what|betegnelse/,
  owner:
    /besitz|inhaber|zustand|verantwort|betreuer|verkauf|vertriebler|propriet|commercial|responsa|vend[eo]|comercial|eigenaar|agare|ansvar|vlastnik|handlowiec|opiekun|owner|seller|handled|^wer$/,
  account:
    /kund|firma|unternehm|client|societe|entreprise|empresa|cuenta|azienda|klant|bedrijf|zakazn|spolecn|klient|organi[sz]a|compan|customer|account|foretag|asiakas|whofor/,
  stage: /phase|stufe|etap|fase|faze|stadi|stage|stand|schritt|vaihe|skede/,
  created_on:
    /anlag|angelegt|erstell|eroffn|creat|creaz|creac|cree|criac|ouvert|aperta|abiert|began|begin|aanmaak|vytvor|utworz|skapad|opret/,
  close_on: /abschl|schluss|echeance|cloture|cierre|chiusura|fecham|sluit|uzav|zamkn|erwart|previs|prevu|expected|ends|stangning|lukke/,
  amount:
    /wert$|wert|betrag|umsatz|summe|montant|valeur|import[eo]|val[oeu]r|bedrag|waarde|hodnota|wartosc|kwota|belopp|belob|worth|price|revenue/,
  currency: /wahrung|devise|moneda|valuta|moeda|mena|waluta/,
  next_step: /nachst|prochain|proxim|prossim|volgend|dalsi|nastep|nasta/,
  manager: /vorgesetzt|leiter|leitung|chef|manager|responsa|superv|jefe|capo|leider|nadrizen|kierownik/,
  team: /team|gruppe|abteil|equip|squadra|region|buro|standort/,
  started_on: /eintritt|beginn|start|entree|debut|alta|inicio|assunz|ingreso/,
};
