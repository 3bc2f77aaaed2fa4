using SstpRouter.RouterOs.Language;
using SstpRouter.RouterOs.Schema;

namespace SstpRouter.Services.Users;

/// <summary>What <c>/user settings</c> asks of a new password.</summary>
internal static class PasswordRules
{
    public static void Check(string password, IPropertySource settings)
    {
        int length = settings.Number("minimum-password-length");
        if (password.EnumerateRunes().Count() < length)
        {
            throw ScriptError.Failure($"password must have at least {length} characters");
        }

        int categories = settings.Number("minimum-categories");
        if (CategoriesOf(password) < categories)
        {
            throw ScriptError.Failure($"password must have characters of at least {categories} kinds: small letters, capital letters, digits, others");
        }
    }

    private static int CategoriesOf(string password) =>
        password.Select(c => char.IsLower(c) ? 0 : char.IsUpper(c) ? 1 : char.IsDigit(c) ? 2 : 3).Distinct().Count();
}
