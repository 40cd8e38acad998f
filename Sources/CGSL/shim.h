// What Statistics needs of the GNU Scientific Library, and nothing else of it.
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
