using SstpRouter.RouterOs.Schema;

namespace SstpRouter.RouterOs.Users;

/// <summary>Reads the policies of an item of <c>/user/group</c>.</summary>
public static class GroupPolicies
{
    /// <summary>What the group grants.</summary>
    public static Policies Of(IPropertySource group) => PolicyListType.Granted(group["policy"]);
}
