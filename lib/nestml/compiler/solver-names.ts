/** Parameters of the solver: errors that are allowed of a state, in its unit and relative to it. */
export const ABSOLUTE_ERROR = 'gsl_abs_error_tol';
export const RELATIVE_ERROR = 'gsl_rel_error_tol';
