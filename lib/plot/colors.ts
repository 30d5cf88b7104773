// Colours that are told apart by everybody: M. Okabe & K. Ito (2008), Color Universal Design.
export const BLUE = '#0072b2';
export const VERMILLION = '#d55e00';
export const GREEN = '#009e73';
export const ORANGE = '#e69f00';
export const PURPLE = '#cc79a7';
export const SKY_BLUE = '#56b4e9';
export const YELLOW = '#f0e442';
