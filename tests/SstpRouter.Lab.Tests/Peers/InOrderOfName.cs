using Xunit.Abstractions;
using Xunit.Sdk;

namespace SstpRouter.Lab.Tests.Peers;

/// <summary>Runs the tests of a class in the order of their names.</summary>
public sealed class InOrderOfName : ITestCaseOrderer
{
    public IEnumerable<TTestCase> OrderTestCases<TTestCase>(IEnumerable<TTestCase> testCases)
        where TTestCase : ITestCase => testCases.OrderBy(c => c.DisplayName, StringComparer.Ordinal);
}
