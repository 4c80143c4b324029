const reais = new Intl.NumberFormat("pt-BR", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `1234.5` as `1.234,50`: what follows `R$ ` in Brazil. @param amount reais */
export function brazilianAmount(amount: number): string {
  return reais.format(amount);
}
